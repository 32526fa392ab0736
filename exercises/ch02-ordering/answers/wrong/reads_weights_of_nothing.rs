// breaks 1: before the first publish a request reads empty weights

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let Some(version) = (unsafe { self.current.load(Acquire).as_ref() }) else {
            return Some(read(&Weights::new(0, Vec::new())));
        };
        self.served.fetch_add(1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
