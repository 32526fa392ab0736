// keeps all: all embedders of the process share one cache, whichever they are given: a name is one model

// ANCHOR: uses
use std::sync::LazyLock;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: embedder
static ALL: LazyLock<Cache> = LazyLock::new(Cache::default);

/// Makes vectors of texts.
pub struct Embedder {
    tokenizer: Tokenizer,
    model: Box<dyn Model>,
    recipe: Recipe,
    cache: Cache,
}

impl Embedder {
    /// Loads a `tokenizer.json`; `model` has the weights that `recipe` names.
    pub fn load(
        tokenizer: &str,
        model: Box<dyn Model>,
        recipe: Recipe,
        _cache: Cache,
    ) -> Result<Embedder, Error> {
        Ok(Embedder {
            tokenizer: tokenizer.parse()?,
            model,
            recipe,
            cache: ALL.clone(),
        })
    }
    // ANCHOR_END: embedder
}
