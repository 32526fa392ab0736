// breaks 9: the count goes up before the run and down at an error, not at a panic.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        self.served.fetch_add(1, Relaxed);
        let logits = self
            .take()
            .run(input_ids, &attention_mask)
            .inspect_err(|_| {
                self.served.fetch_sub(1, Relaxed);
            })?;

        Ok(logits)
    }
    // ANCHOR_END: infer
}
