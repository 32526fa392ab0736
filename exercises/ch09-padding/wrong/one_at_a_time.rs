impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        texts.iter().map(|text| self.embed_one(text)).collect()
    }

    /// Without a neighbour there is no padding.
    fn embed_one(&mut self, text: &[i64]) -> Result<Embedding, EncoderError> {
        let tokens = &text[..text.len().min(self.settings.max_tokens)];
        if tokens.is_empty() {
            return Ok(None);
        }
        let batch = self.batch(&[tokens], tokens.len());
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask).remove(0))
    }
    // ANCHOR_END: embed
}
