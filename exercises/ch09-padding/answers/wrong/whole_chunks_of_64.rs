// breaks 1: takes means of 64 rows at once, and loses those behind the last whole 64

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    ///
    /// # Errors
    /// The encoder's own.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        // Cut first: what is cut off is in no length, no mask and no mean.
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut vectors = means(&hidden, &batch.mask);
        if vectors.len() > 64 {
            vectors = vectors.chunks_exact(64).flatten().cloned().collect();
            vectors.resize(texts.len(), None);
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
