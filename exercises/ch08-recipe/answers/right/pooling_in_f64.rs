// keeps all: sums and lengths in f64, by a trait that each pooling has

// ANCHOR: uses
use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, jinja, ranked,
};
// ANCHOR_END: uses

impl Embedder {
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
        let weight: fn(usize, usize) -> f64 = match self.recipe.pooling {
            Pooling::Cls => |position, _| f64::from(u8::from(position == 0)),
            Pooling::Mean => |_, tokens| 1.0 / tokens as f64,
            Pooling::Last => |position, tokens| f64::from(u8::from(position + 1 == tokens)),
        };
        let mut vector = weighted(&states, weight);
        if self.recipe.normalize {
            normalize(&mut vector);
        }
        self.cache.put(&key, &vector);
        Ok(vector)
    }
    // ANCHOR_END: embed
}

// ANCHOR: pooled
/// One vector for all hidden states, shape `[sequence, dimension]`, each with its weight.
fn weighted(states: &[Vec<f32>], weight: impl Fn(usize, usize) -> f64) -> Vec<f32> {
    let dimension = states[0].len();
    let mut sums = Vec::with_capacity(dimension);
    for column in 0..dimension {
        let mut sum = 0.0;
        for (position, state) in states.iter().enumerate() {
            sum += weight(position, states.len()) * f64::from(state[column]);
        }
        sums.push(sum as f32);
    }
    sums
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let squares: f64 = vector.iter().map(|value| f64::from(*value).powi(2)).sum();
    let scale = squares.sqrt().max(1e-12).recip();
    for value in vector {
        *value = (f64::from(*value) * scale) as f32;
    }
}
// ANCHOR_END: pooled
