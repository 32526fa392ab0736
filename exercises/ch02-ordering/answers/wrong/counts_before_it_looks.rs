// breaks 7: counts a request before it looks whether there are weights, and takes nothing back

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.served.fetch_add(1, Relaxed);
        let version = self.current.load(Acquire);
        // SAFETY: null, or a version that `publish` finished before it stored the pointer.
        let version = unsafe { version.as_ref() }?;
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
