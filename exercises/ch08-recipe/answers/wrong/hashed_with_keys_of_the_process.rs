// breaks 6: a hash whose keys are drawn when the process starts

// ANCHOR: uses
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: fingerprint
static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);

impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        format!("{:016x}", STATE.hash_one(self))
    }
}
// ANCHOR_END: fingerprint
