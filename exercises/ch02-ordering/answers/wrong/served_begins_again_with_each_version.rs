// breaks 7: a `publish` sets the count to zero

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, weights: Weights) {
        let before = self.current.load(Relaxed);
        self.served.store(0, Relaxed);
        self.current.store(
            Box::into_raw(Box::new(Version { weights, before })),
            Release,
        );
    }
    // ANCHOR_END: publish
}
