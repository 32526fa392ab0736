// breaks 6: strokes in parts get a backslash, backslashes do not

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
        let escaped = |part: &str| part.replace('|', "\\|");
        format!(
            "{}|{}|{}|{pooling:?}|{normalize}",
            escaped(model),
            escaped(query_prefix),
            escaped(passage_prefix)
        )
    }
}
// ANCHOR_END: fingerprint
