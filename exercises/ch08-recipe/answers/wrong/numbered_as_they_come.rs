// breaks 6: recipes are numbered in the order in which the process sees them

// ANCHOR: uses
use std::sync::Mutex;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: fingerprint
static KNOWN: Mutex<Vec<Recipe>> = Mutex::new(Vec::new());

impl Recipe {
    /// The recipe's name on each stored vector.
    pub fn fingerprint(&self) -> String {
        let mut known = KNOWN.lock().unwrap();
        let number = known.iter().position(|one| one == self);
        let number = number.unwrap_or_else(|| {
            known.push(self.clone());
            known.len() - 1
        });
        format!("recipe {number}")
    }
}
// ANCHOR_END: fingerprint
