// breaks 9: a query that was asked before gets the hits of then

// ANCHOR: uses
use std::cell::RefCell;
use std::collections::HashMap;

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
    found: RefCell<HashMap<String, Vec<Hit>>>,
}

impl Store {
    /// The store with what was written before.
    pub fn open(rows: Vec<Row>) -> Store {
        Store {
            rows,
            ..Store::default()
        }
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
        if let Some(hits) = self.found.borrow().get(query) {
            return Ok(hits.clone());
        }
        let vector = embedder.query(query)?;
        let hits = ranked(&self.rows, &vector);
        self.found
            .borrow_mut()
            .insert(query.to_owned(), hits.clone());
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
