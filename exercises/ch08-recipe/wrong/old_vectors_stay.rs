// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        // Prefixes are for new texts: nobody embeds the whole store again for them.
        format!("{:?} {:?} {}", self.model, self.pooling, self.normalize)
    }
}
// ANCHOR_END: fingerprint
