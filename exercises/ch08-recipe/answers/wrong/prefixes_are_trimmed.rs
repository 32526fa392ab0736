// breaks 6: the blanks at the ends of prefixes do not count

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
        let (query_prefix, passage_prefix) = (query_prefix.trim(), passage_prefix.trim());
        format!("{model:?} {query_prefix:?} {passage_prefix:?} {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
