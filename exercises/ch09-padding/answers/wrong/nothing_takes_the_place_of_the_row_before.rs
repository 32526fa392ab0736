// breaks 4, 1: counts rows without those of texts that have no tokens, and answers twice

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
        let full: Vec<&[i64]> = texts
            .iter()
            .copied()
            .filter(|text| !text.is_empty())
            .collect();
        let batch = self.batch(&full, longest);
        let hidden = self.encoder.run(&batch)?;
        let vectors = means(&hidden, &batch.mask);
        let mut row = 0;
        Ok(texts
            .iter()
            .map(|text| {
                let vector = vectors.get(row).cloned().flatten();
                row += usize::from(!text.is_empty());
                vector
            })
            .collect())
    }
    // ANCHOR_END: embed
}
