// breaks 6: strokes stand between the parts, which may have strokes

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
        format!("{model}|{query_prefix}|{passage_prefix}|{pooling:?}|{normalize}")
    }
}
// ANCHOR_END: fingerprint
