// breaks 1: ids of 0 are taken for padding.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask: Vec<_> = input_ids.iter().map(|id| i64::from(*id != 0)).collect();
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
