// keeps all: how many rows each recipe has is counted when they come, and not looked up again

// ANCHOR: uses
use std::collections::BTreeMap;

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
    rows: Vec<Row>,
    recipes: BTreeMap<String, usize>,
}

impl Store {
    /// The store with what was written before.
    pub fn open(rows: Vec<Row>) -> Store {
        let mut recipes = BTreeMap::new();
        for row in &rows {
            *recipes.entry(row.recipe.clone()).or_default() += 1;
        }
        Store { rows, recipes }
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
        *self
            .recipes
            .entry(embedder.recipe.fingerprint())
            .or_default() += 1;
        Ok(())
    }

    /// All passages, the best first.
    pub fn search(&self, embedder: &mut Embedder, query: &str) -> Result<Vec<Hit>, Error> {
        self.refuse_other_recipe(embedder)?;
        let query = embedder.query(query)?;
        Ok(ranked(&self.rows, &query))
    }

    fn refuse_other_recipe(&self, embedder: &Embedder) -> Result<(), Error> {
        let asked = embedder.recipe.fingerprint();
        match self.recipes.keys().find(|&name| *name != asked) {
            None => Ok(()),
            Some(name) => Err(Error::OtherRecipe {
                stored: name.clone(),
                asked,
            }),
        }
    }
    // ANCHOR_END: search
}
