// breaks 6: the length before each part has eight bits

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
        let mut name = format!("{pooling:?} {normalize} ");
        for part in [model, query_prefix, passage_prefix] {
            name += &format!("{:02x}{part}", part.len() as u8);
        }
        name
    }
}
// ANCHOR_END: fingerprint
