// keeps all: a waiting request tries a few times with a pause, then waits to be woken.

impl<B: Backend> Classifier<B> {
    // ANCHOR: take
    /// A session for one run. Waits while there is none.
    fn take(&self) -> Taken<'_, B> {
        for _ in 0..8 {
            if let Some(session) = self.idle().pop() {
                return Taken {
                    session: Some(session),
                    classifier: self,
                };
            }
            std::hint::spin_loop();
        }
        let mut idle = self
            .came_back
            .wait_while(self.idle(), |idle| idle.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        Taken {
            session: idle.pop(),
            classifier: self,
        }
    }
    // ANCHOR_END: take
}
