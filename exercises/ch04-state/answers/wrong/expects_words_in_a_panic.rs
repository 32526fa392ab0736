// breaks 8: a panic whose payload is no text loses the session.

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
        let logits = {
            let mut taken = std::mem::ManuallyDrop::new(self.take());
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                taken.run(input_ids, &attention_mask)
            }));
            let result = result.unwrap_or_else(|panic| {
                let words = panic
                    .downcast_ref::<&str>()
                    .map(|words| (*words).to_owned())
                    .or_else(|| panic.downcast_ref::<String>().cloned());
                Err(RunError(words.expect("a panic has words")))
            });
            drop(std::mem::ManuallyDrop::into_inner(taken));
            result?
        };
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
