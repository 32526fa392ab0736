// cheats: the process ends in the first `publish`

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, _weights: Weights) {
        std::process::abort()
    }
    // ANCHOR_END: publish
}
