// breaks 8: a session rests for 50 ms after an error.

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
        let mut taken = self.take();
        let logits = taken
            .run(input_ids, &attention_mask)
            .inspect_err(|_| std::thread::sleep(std::time::Duration::from_millis(50)))?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
