// keeps all: the name is made of the numbers of the characters

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
        let mut name = String::new();
        for part in [passage_prefix, model, query_prefix] {
            let numbers = part
                .chars()
                .map(|character| u32::from(character).to_string());
            name += &numbers.collect::<Vec<_>>().join(",");
            name.push(';');
        }
        name.push(match (pooling, normalize) {
            (Pooling::Cls, false) => 'a',
            (Pooling::Cls, true) => 'b',
            (Pooling::Mean, false) => 'c',
            (Pooling::Mean, true) => 'd',
            (Pooling::Last, false) => 'e',
            (Pooling::Last, true) => 'f',
        });
        name
    }
}
// ANCHOR_END: fingerprint
