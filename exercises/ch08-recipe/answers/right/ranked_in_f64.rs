// keeps all: products in f64, from a heap; of passages that are as near the last is first

// ANCHOR: uses
use std::cmp::Ordering;
use std::collections::BinaryHeap;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja};
// ANCHOR_END: uses

// ANCHOR: store
struct Found(f64, usize);

impl Ord for Found {
    fn cmp(&self, other: &Found) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Found) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Found {}

/// The passages that can be found. Each vector has the name of the recipe that made it.
#[derive(Default)]
pub struct Store {
    rows: Vec<Row>,
}

impl Store {
    /// The store with what was written before.
    pub fn open(rows: Vec<Row>) -> Store {
        Store { rows }
    }

    /// What is to be written.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
    // ANCHOR_END: store

    // ANCHOR: search
    /// Makes a passage one that can be found, if it is not yet.
    pub fn add(&mut self, embedder: &mut Embedder, text: &str) -> Result<(), Error> {
        self.refuse_other_recipe(embedder)?;
        if self.rows.iter().any(|row| row.text == text) {
            return Ok(());
        }
        self.rows.push(Row {
            text: text.to_owned(),
            recipe: embedder.recipe.fingerprint(),
            vector: embedder.passage(text)?,
        });
        Ok(())
    }

    /// All passages, the best first.
    pub fn search(&self, embedder: &mut Embedder, query: &str) -> Result<Vec<Hit>, Error> {
        self.refuse_other_recipe(embedder)?;
        let query = embedder.query(query)?;
        let mut heap = BinaryHeap::new();
        for (number, row) in self.rows.iter().enumerate() {
            let products = row.vector.iter().zip(&query);
            let score = products.map(|(one, other)| f64::from(*one) * f64::from(*other));
            heap.push(Found(score.sum(), number));
        }
        let mut hits = Vec::new();
        while let Some(Found(score, number)) = heap.pop() {
            hits.push(Hit {
                text: self.rows[number].text.clone(),
                score: score as f32,
            });
        }
        Ok(hits)
    }

    fn refuse_other_recipe(&self, embedder: &Embedder) -> Result<(), Error> {
        let asked = embedder.recipe.fingerprint();
        match self.rows.iter().find(|row| row.recipe != asked) {
            None => Ok(()),
            Some(row) => Err(Error::OtherRecipe {
                stored: row.recipe.clone(),
                asked,
            }),
        }
    }
    // ANCHOR_END: search
}
