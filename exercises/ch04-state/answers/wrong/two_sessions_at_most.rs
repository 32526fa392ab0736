// breaks 3: sessions beyond 2 are dropped.

impl<B: Backend> Classifier<B> {
    // ANCHOR: new
    /// A classifier on `sessions`, of which there is at least one.
    #[must_use]
    pub fn new(mut sessions: Vec<B>) -> Classifier<B> {
        assert!(!sessions.is_empty(), "a classifier needs a session");
        sessions.truncate(2);
        Classifier {
            idle: Mutex::new(sessions),
            came_back: Condvar::new(),
            served: AtomicU64::new(0),
        }
    }
    // ANCHOR_END: new
}
