// breaks 3: the pool is looked at, unlocked, and locked again to wait: a return in between wakes nobody.

impl<B: Backend> Classifier<B> {
    // ANCHOR: take
    /// A session for one run.
    fn take(&self) -> Taken<'_, B> {
        loop {
            if let Some(session) = self.idle().pop() {
                return Taken {
                    session: Some(session),
                    classifier: self,
                };
            }
            let idle = self.idle();
            drop(self.came_back.wait(idle));
        }
    }
    // ANCHOR_END: take
}
