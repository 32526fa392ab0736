// keeps all: each part has its length before it

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
        let kind = match pooling {
            Pooling::Cls => 'c',
            Pooling::Mean => 'm',
            Pooling::Last => 'l',
        };
        let mut name = format!("{kind}{}", u8::from(*normalize));
        for part in [model, query_prefix, passage_prefix] {
            name += &format!("{}:{part}", part.len());
        }
        name
    }
}
// ANCHOR_END: fingerprint
