// breaks 7: the count is kept in the low sixteen bits of a word

impl ModelSlot {
    // ANCHOR: served
    pub fn served(&self) -> u64 {
        self.served.load(Relaxed) & 0xffff
    }
    // ANCHOR_END: served
}
