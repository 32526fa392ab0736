// keeps all: texts, names and vectors stand in three lists; rows are made when they are asked for

// ANCHOR: uses
use std::cell::OnceCell;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: store
/// The passages that can be found. Each vector has the name of the recipe that made it.
#[derive(Default)]
pub struct Store {
    texts: Vec<String>,
    names: Vec<String>,
    vectors: Vec<Vec<f32>>,
    rows: OnceCell<Vec<Row>>,
}

impl Store {
    /// The store with what was written before.
    pub fn open(rows: Vec<Row>) -> Store {
        let mut store = Store::default();
        for row in rows {
            store.push(row);
        }
        store
    }

    fn push(&mut self, row: Row) {
        self.rows.take();
        self.texts.push(row.text);
        self.names.push(row.recipe);
        self.vectors.push(row.vector);
    }

    /// What is to be written.
    pub fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            let row = |at: usize| Row {
                text: self.texts[at].clone(),
                recipe: self.names[at].clone(),
                vector: self.vectors[at].clone(),
            };
            (0..self.texts.len()).map(row).collect()
        })
    }
    // ANCHOR_END: store

    // ANCHOR: search
    /// Makes a passage one that can be found, if it is not yet.
    pub fn add(&mut self, embedder: &mut Embedder, text: &str) -> Result<(), Error> {
        let recipe = self.recipe_of_all(embedder)?;
        if !self.texts.iter().any(|known| known == text) {
            let vector = embedder.passage(text)?;
            let text = text.to_owned();
            self.push(Row {
                text,
                recipe,
                vector,
            });
        }
        Ok(())
    }

    /// All passages, the best first.
    pub fn search(&self, embedder: &mut Embedder, query: &str) -> Result<Vec<Hit>, Error> {
        self.recipe_of_all(embedder)?;
        let query = embedder.query(query)?;
        Ok(ranked(self.rows(), &query))
    }

    fn recipe_of_all(&self, embedder: &Embedder) -> Result<String, Error> {
        let asked = embedder.recipe.fingerprint();
        for name in &self.names {
            if *name != asked {
                let stored = name.clone();
                return Err(Error::OtherRecipe { stored, asked });
            }
        }
        Ok(asked)
    }
    // ANCHOR_END: search
}
