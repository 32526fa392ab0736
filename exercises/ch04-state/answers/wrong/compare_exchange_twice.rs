// breaks 9: a compare_exchange is repeated once.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        let served = self.served.load(Relaxed);
        if let Err(served) = self
            .served
            .compare_exchange(served, served + 1, Relaxed, Relaxed)
        {
            let _ = self
                .served
                .compare_exchange(served, served + 1, Relaxed, Relaxed);
        }
        Ok(logits)
    }
    // ANCHOR_END: infer
}
