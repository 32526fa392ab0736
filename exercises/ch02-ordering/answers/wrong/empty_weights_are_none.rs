// breaks 2: a version without features is taken for no version

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Acquire).as_ref() }?;
        if version.weights.score(&[1.0]) == 0.0 {
            return None;
        }
        self.served.fetch_add(1, Relaxed);
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
