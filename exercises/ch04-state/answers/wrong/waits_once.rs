// breaks 3, 1: a request that was woken takes it for granted that there is a session.

impl<B: Backend> Classifier<B> {
    // ANCHOR: take
    /// A session for one run.
    fn take(&self) -> Taken<'_, B> {
        let mut idle = self.idle();
        if idle.is_empty() {
            idle = self
                .came_back
                .wait(idle)
                .unwrap_or_else(PoisonError::into_inner);
        }
        Taken {
            session: idle.pop(),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}
