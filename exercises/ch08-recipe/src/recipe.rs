//! What stands beside a model, and the words that the service speaks of it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use minijinja::Environment;
use serde::Serialize;

/// What a language model's `tokenizer_config.json` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatTemplate {
    /// A Jinja template of `messages`, `bos_token`, `eos_token` and `add_generation_prompt`.
    pub source: String,
    /// How the token at the start of a text is spelled; empty if the model has none.
    pub bos_token: String,
    /// How the token at the end of an answer is spelled; empty if the model has none.
    pub eos_token: String,
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// `system`, `user` or `assistant`.
    pub role: String,
    /// What was said.
    pub content: String,
}

/// How one vector is made of a model's hidden states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pooling {
    /// The hidden state of the first token.
    Cls,
    /// The mean of all tokens' hidden states, those around the text included.
    Mean,
    /// The hidden state of the last token.
    Last,
}

/// What an encoder's vectors depend on, and what its file does not hold: the makers of the model say it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// Name and revision of the weights and of their tokenizer.
    pub model: String,
    /// Stands before each query, with its own blank; may be empty.
    pub query_prefix: String,
    /// Stands before each passage, with its own blank; may be empty.
    pub passage_prefix: String,
    /// How hidden states become one vector.
    pub pooling: Pooling,
    /// Whether vectors are brought to length 1.
    pub normalize: bool,
}

/// An encoder.
pub trait Model {
    /// The hidden states of one text, a row for each of its token ids: shape `[sequence, dimension]`.
    ///
    /// # Errors
    /// [`Error::Model`].
    fn run(&mut self, ids: &[u32]) -> Result<Vec<Vec<f32>>, Error>;
}

/// What was embedded before. The clones of a cache are one cache: all embedders of a process share it.
#[derive(Clone, Default)]
pub struct Cache {
    vectors: Arc<Mutex<HashMap<String, Vec<f32>>>>,
}

impl Cache {
    /// The vector that was kept under this key.
    pub fn get(&self, key: &str) -> Option<Vec<f32>> {
        self.vectors.lock().unwrap().get(key).cloned()
    }

    /// Keeps a vector under this key.
    pub fn put(&self, key: &str, vector: &[f32]) {
        let vector = vector.to_vec();
        self.vectors.lock().unwrap().insert(key.to_owned(), vector);
    }
}

/// A stored passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The passage, without a prefix.
    pub text: String,
    /// The fingerprint of the recipe that made the vector.
    pub recipe: String,
    /// The passage's vector.
    pub vector: Vec<f32>,
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The passage, without a prefix.
    pub text: String,
    /// The dot product of its vector and the query's.
    pub score: f32,
}

/// The rows as hits, the best first.
pub fn ranked(rows: &[Row], query: &[f32]) -> Vec<Hit> {
    let hits = rows.iter().map(|row| Hit {
        text: row.text.clone(),
        score: dot(&row.vector, query),
    });
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by(|one, other| other.score.total_cmp(&one.score));
    hits
}

/// The dot product of two vectors of one dimension.
pub fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// What renders a chat template, set as the authors of such templates have it.
pub fn jinja() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The template's own error.
    Template(String),
    /// The tokenizer's own error.
    Tokenizer(String),
    /// The model's own error.
    Model(String),
    /// The text has no token, so it has no vector.
    NoTokens,
    /// The store has a vector of another recipe. The fingerprints of both.
    OtherRecipe {
        /// Of the stored vector.
        stored: String,
        /// Of the embedder.
        asked: String,
    },
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Error {
        Error::Template(format!("{error:#}"))
    }
}

impl From<tokenizers::Error> for Error {
    fn from(error: tokenizers::Error) -> Error {
        Error::Tokenizer(error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Template(error) | Error::Tokenizer(error) | Error::Model(error) => {
                f.write_str(error)
            }
            Error::NoTokens => f.write_str("a text without tokens has no vector"),
            Error::OtherRecipe { stored, asked } => {
                write!(f, "the store has vectors of {stored}, asked is {asked}")
            }
        }
    }
}

impl std::error::Error for Error {}
