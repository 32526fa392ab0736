// keeps all: a panic inside a run is caught, and the caller gets an error.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let mask = vec![1; input_ids.len()];
        let mut taken = self.take();
        let run = std::panic::AssertUnwindSafe(|| taken.run(input_ids, &mask));
        match std::panic::catch_unwind(run) {
            Ok(Ok(logits)) => {
                self.served.fetch_add(1, Relaxed);
                Ok(logits)
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(RunError("the session panicked".into())),
        }
    }
    // ANCHOR_END: infer
}
