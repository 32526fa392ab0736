impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let attention_mask = vec![1; input_ids.len()];
        let mut session = self.take();
        let logits = session.run(input_ids, &attention_mask)?;
        self.idle().push(session);
        self.came_back.notify_one();
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer

    // ANCHOR: take
    /// A session for one run. Waits while there is none.
    fn take(&self) -> B {
        let idle = self
            .came_back
            .wait_while(self.idle(), |idle| idle.is_empty());
        let mut idle = idle.unwrap_or_else(PoisonError::into_inner);
        idle.pop().expect("it is not empty")
    }
    // ANCHOR_END: take
}

// ANCHOR: taken
// ANCHOR_END: taken
