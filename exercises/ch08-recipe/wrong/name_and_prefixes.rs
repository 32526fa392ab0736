// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        format!(
            "{:?}",
            (&self.model, &self.query_prefix, &self.passage_prefix)
        )
    }
}
// ANCHOR_END: fingerprint
