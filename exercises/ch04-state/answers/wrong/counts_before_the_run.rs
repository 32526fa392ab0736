// breaks 9: the count goes up before the run, and not down when it fails.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        self.served.fetch_add(1, Relaxed);
        let logits = self.take().run(input_ids, &attention_mask)?;

        Ok(logits)
    }
    // ANCHOR_END: infer
}
