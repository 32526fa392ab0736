// breaks 6: only the mean is told from the others

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
        let pooling = *pooling == Pooling::Mean;
        format!("{model:?} {query_prefix:?} {passage_prefix:?} {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
