// breaks 7: where there are texts without tokens the batch is one place wider

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
        let wider = usize::from(texts.iter().any(|text| text.is_empty()));
        let batch = self.batch(&texts, longest + wider);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
