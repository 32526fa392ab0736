// breaks 1, 7: what is beyond the 256th text is left without a word

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
        let batch = self.batch(&texts[..texts.len().min(256)], longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors = means(&hidden, &batch.mask);
        vectors.resize(texts.len(), None);
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
