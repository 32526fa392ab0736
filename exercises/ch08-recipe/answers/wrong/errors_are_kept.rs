// breaks 10: a text whose model gave an error gets that error again without a run

// ANCHOR: uses
use std::collections::HashMap;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: embedder
/// Makes vectors of texts.
pub struct Embedder {
    tokenizer: Tokenizer,
    model: Box<dyn Model>,
    recipe: Recipe,
    cache: Cache,
    errors: HashMap<String, Error>,
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
            errors: HashMap::new(),
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
        if let Some(error) = self.errors.get(&key) {
            return Err(error.clone());
        }
        let states = self.model.run(encoding.get_ids()).inspect_err(|error| {
            self.errors.insert(key.clone(), error.clone());
        })?;
        let mut vector = match self.recipe.pooling {
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
