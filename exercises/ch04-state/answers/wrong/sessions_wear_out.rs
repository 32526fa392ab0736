// breaks 3: a session is dropped after a thousand runs.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let mut taken = self.take();
        let logits = taken.run(input_ids, &attention_mask)?;
        if self.served.fetch_add(1, Relaxed) % 1000 == 999 {
            std::mem::forget(taken);
        }
        Ok(logits)
    }
    // ANCHOR_END: infer
}
