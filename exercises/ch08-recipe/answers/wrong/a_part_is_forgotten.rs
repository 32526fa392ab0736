// breaks 6: the length is not in the name

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
            normalize: _,
        } = self;
        format!("{model:?} {query_prefix:?} {passage_prefix:?} {pooling:?}")
    }
}
// ANCHOR_END: fingerprint
