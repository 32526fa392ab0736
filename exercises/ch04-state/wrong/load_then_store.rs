impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        let served = self.served.load(Relaxed);
        self.served.store(served + 1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
