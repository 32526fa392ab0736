// breaks 6: the hashes of the parts are added, so that their order is lost

// ANCHOR: uses
use std::hash::{DefaultHasher, Hash, Hasher};

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: fingerprint
fn hash(part: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    part.hash(&mut hasher);
    hasher.finish()
}

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
        let parts = [hash(model), hash(query_prefix), hash(passage_prefix)];
        let sum = parts.into_iter().fold(0, u64::wrapping_add);
        format!("{sum:016x} {pooling:?} {normalize}")
    }
}
// ANCHOR_END: fingerprint
