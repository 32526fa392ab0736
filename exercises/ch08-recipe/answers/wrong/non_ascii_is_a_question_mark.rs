// breaks 6: characters that are not ASCII become question marks

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
        let ascii = |part: &str| part.replace(|c: char| !c.is_ascii(), "?");
        let model = ascii(model);
        let (query_prefix, passage_prefix) = (ascii(query_prefix), ascii(passage_prefix));
        format!("{model:?} {query_prefix:?} {passage_prefix:?} {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
