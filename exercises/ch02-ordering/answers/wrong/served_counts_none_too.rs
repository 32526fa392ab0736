// breaks 7: a request that gets nothing counts as well

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        self.served.fetch_add(1, Relaxed);
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Acquire).as_ref() }?;
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
