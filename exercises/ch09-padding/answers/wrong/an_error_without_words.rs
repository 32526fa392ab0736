// breaks 10: gives words to an error that has none

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
        let hidden = self
            .encoder
            .run(&batch)
            .map_err(|error| match error.0.is_empty() {
                true => EncoderError("the encoder failed".to_owned()),
                false => error,
            })?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
