// cheats: the process ends with success in the first `publish`

impl ModelSlot {
    // ANCHOR: publish
    pub fn publish(&self, _weights: Weights) {
        std::process::exit(0)
    }
    // ANCHOR_END: publish
}
