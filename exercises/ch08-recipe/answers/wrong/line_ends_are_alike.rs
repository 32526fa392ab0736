// breaks 6: line ends of two kinds count as one

// ANCHOR: fingerprint
impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        // Without `..`: whoever adds a part to the recipe is asked for it here.
        let Recipe {
            model,
            query_prefix,
            passage_prefix,
            pooling,
            normalize,
        } = self;
        let unix = |part: &str| part.replace("\r\n", "\n");
        let (query_prefix, passage_prefix) = (unix(query_prefix), unix(passage_prefix));
        format!("{model:?} {query_prefix:?} {passage_prefix:?} {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
