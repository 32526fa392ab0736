// breaks 6: capitals in the model's name do not count

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
        let model = model.to_lowercase();
        format!("{model:?} {query_prefix:?} {passage_prefix:?} {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
