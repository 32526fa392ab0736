// breaks 1, 3, 10: keeps the order of the rows in one byte each

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
        let mut order: Vec<u8> = (0..texts.len()).map(|text| text as u8).collect();
        if texts.len() <= 256 {
            order.sort_by_key(|&text| texts[usize::from(text)].len());
        }
        let sorted: Vec<&[i64]> = order.iter().map(|&text| texts[usize::from(text)]).collect();
        let batch = self.batch(&sorted, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors = vec![None; texts.len()];
        for (text, vector) in order.into_iter().zip(means(&hidden, &batch.mask)) {
            vectors[usize::from(text)] = vector;
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
