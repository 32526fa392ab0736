impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text. They depend on its ids, shape `[sequence]`, and on nothing else.
    ///
    /// A request waits only while every session is in use by another one.
    ///
    /// # Errors
    /// What the session says. Its session then serves other requests, as before.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        let served = self.served.load(Relaxed);
        self.served.store(served + 1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
