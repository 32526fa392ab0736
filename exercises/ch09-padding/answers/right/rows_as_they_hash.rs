// keeps all: the rows stand in the order of a hash map

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }

        let by_text: std::collections::HashMap<usize, &[i64]> = texts
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let (order, rows): (Vec<usize>, Vec<&[i64]>) = by_text.into_iter().unzip();
        let batch = self.batch(&rows, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors: std::collections::BTreeMap<usize, Embedding> =
            order.into_iter().zip(means(&hidden, &batch.mask)).collect();
        Ok((0..texts.len())
            .map(|text| vectors.remove(&text).flatten())
            .collect())
    }
    // ANCHOR_END: embed
}
