// breaks 6: zero characters stand between the parts, which may have them

// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        let Recipe {
            model,
            query_prefix,
            passage_prefix,
            pooling,
            normalize,
        } = self;
        format!("{model}\0{query_prefix}\0{passage_prefix}\0{pooling:?}\0{normalize}")
    }
}
// ANCHOR_END: fingerprint
