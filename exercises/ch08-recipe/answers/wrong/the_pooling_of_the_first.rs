// breaks 4: all embedders of the process pool as the first one does

// ANCHOR: uses
use std::sync::OnceLock;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: embedder
static POOLING: OnceLock<Pooling> = OnceLock::new();

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
        cache: Cache,
    ) -> Result<Embedder, Error> {
        Ok(Embedder {
            tokenizer: tokenizer.parse()?,
            model,
            recipe,
            cache,
        })
    }
    // ANCHOR_END: embedder

    // ANCHOR: embed
    /// The vector of what somebody looks for.
    pub fn query(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(format!("{}{text}", self.recipe.query_prefix))
    }

    /// The vector of what can be found.
    pub fn passage(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(format!("{}{text}", self.recipe.passage_prefix))
    }

    /// The vector of a text that has its prefix.
    fn embed(&mut self, input: String) -> Result<Vec<f32>, Error> {
        let key = format!("{:?}", (self.recipe.fingerprint(), &input));
        if let Some(vector) = self.cache.get(&key) {
            return Ok(vector);
        }
        let encoding = self.tokenizer.encode(input, true)?;
        if encoding.is_empty() {
            return Err(Error::NoTokens);
        }
        let states = self.model.run(encoding.get_ids())?;
        let mut vector = match *POOLING.get_or_init(|| self.recipe.pooling) {
            Pooling::Cls => states[0].clone(),
            Pooling::Mean => mean(&states),
            Pooling::Last => states[states.len() - 1].clone(),
        };
        if self.recipe.normalize {
            normalize(&mut vector);
        }
        self.cache.put(&key, &vector);
        Ok(vector)
    }
    // ANCHOR_END: embed
}
