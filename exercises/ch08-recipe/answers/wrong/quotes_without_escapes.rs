// breaks 6: parts stand in quotes, and quotes in them are not escaped

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
        format!("\"{model}\" \"{query_prefix}\" \"{passage_prefix}\" {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
