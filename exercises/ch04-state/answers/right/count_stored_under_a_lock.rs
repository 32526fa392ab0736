// keeps all: the count is loaded and stored while the pool is locked, so one request counts at a time.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        let idle = self.idle();
        // Nobody else writes while it is locked; `served` reads without it.
        self.served.store(self.served.load(Relaxed) + 1, Relaxed);
        drop(idle);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
