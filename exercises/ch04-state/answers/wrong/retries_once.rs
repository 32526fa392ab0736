// breaks 1, 8: a run that returned an error is tried once more.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let mut logits = self.take().run(input_ids, &attention_mask);
        if logits.is_err() {
            logits = self.take().run(input_ids, &attention_mask);
        }
        let logits = logits?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
