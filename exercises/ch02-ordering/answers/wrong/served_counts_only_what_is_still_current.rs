// breaks 7: a request whose version was replaced meanwhile does not count

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        let pointer = self.current.load(Acquire);
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { pointer.as_ref() }?;
        let result = read(&version.weights);
        if self.current.load(Relaxed) == pointer {
            self.served.fetch_add(1, Relaxed);
        }
        Some(result)
    }
    // ANCHOR_END: with_weights
}
