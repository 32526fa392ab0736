// breaks 7: the count goes down again when a request ends

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Acquire).as_ref() }?;
        self.served.fetch_add(1, Relaxed);
        let result = read(&version.weights);
        self.served.fetch_sub(1, Relaxed);
        Some(result)
    }
    // ANCHOR_END: with_weights
}
