// breaks 6: a run for each text needs no padding

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let mut vectors = Vec::new();
        for texts in texts.chunks(1) {
            let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
            if longest == 0 {
                vectors.resize(vectors.len() + texts.len(), None);
                continue;
            }
            let batch = self.batch(texts, longest);
            let hidden = self.encoder.run(&batch)?;
            vectors.extend(means(&hidden, &batch.mask));
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
