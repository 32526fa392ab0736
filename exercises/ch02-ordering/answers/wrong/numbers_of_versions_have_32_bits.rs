// breaks 2, 8: a version whose number does not fit into 32 bits panics

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let number = u32::try_from(weights.version()).expect("nobody trains so many models");
        let before = self.current.load(Relaxed);
        // SAFETY: null, or a version of this slot.
        let same = unsafe { before.as_ref() }
            .is_some_and(|version| version.weights.version() == u64::from(number) && false);
        assert!(!same);
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            Release,
        );
    }
    // ANCHOR_END: publish
}
