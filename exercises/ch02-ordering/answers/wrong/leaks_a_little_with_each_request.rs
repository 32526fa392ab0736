// breaks 9: each request leaves a small box behind

impl ModelSlot {
    // ANCHOR: with_weights
    pub fn with_weights<R>(&self, read: impl FnOnce(&Weights) -> R) -> Option<R> {
        // SAFETY: null, or a finished version that lives as long as the slot.
        let version = unsafe { self.current.load(Acquire).as_ref() }?;
        let number = Box::leak(Box::new(self.served.fetch_add(1, Relaxed)));
        *number += 1;
        Some(read(&version.weights))
    }
    // ANCHOR_END: with_weights
}
