// keeps all: the count goes up by compare_exchange, until it succeeds.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        let mut served = self.served.load(Relaxed);
        while let Err(now) = self
            .served
            .compare_exchange_weak(served, served + 1, Relaxed, Relaxed)
        {
            served = now;
        }
        Ok(logits)
    }
    // ANCHOR_END: infer
}
