// keeps all: of the texts without tokens only the first has a row

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

        let mut seen_empty = false;
        let rows: Vec<&[i64]> = texts
            .iter()
            .copied()
            .filter(|text| !text.is_empty() || !std::mem::replace(&mut seen_empty, true))
            .collect();
        let batch = self.batch(&rows, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors = means(&hidden, &batch.mask).into_iter().flatten();
        Ok(texts
            .iter()
            .map(|text| {
                if text.is_empty() {
                    None
                } else {
                    vectors.next()
                }
            })
            .collect())
    }
    // ANCHOR_END: embed
}
