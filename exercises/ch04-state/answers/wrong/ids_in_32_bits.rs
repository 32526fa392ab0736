// breaks 1: ids are kept in 32 bits.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let ids: Vec<i32> = input_ids.iter().map(|id| *id as i32).collect();
        let input_ids: Vec<i64> = ids.into_iter().map(i64::from).collect();
        let input_ids = &input_ids[..];
        let attention_mask = vec![1; input_ids.len()];
        let logits = self.take().run(input_ids, &attention_mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
