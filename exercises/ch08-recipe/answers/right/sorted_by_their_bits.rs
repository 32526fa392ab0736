// keeps all: scores are sorted as whole numbers that have their order, byte after byte

// ANCHOR: uses
use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja};
// ANCHOR_END: uses

impl Store {
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
        let mut found: Vec<(u32, usize, f32)> = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            let score = dot(&row.vector, &query);
            let bits = score.to_bits();
            let ordered = if bits >> 31 == 1 {
                bits
            } else {
                !bits ^ (1 << 31)
            };
            found.push((ordered, number, score));
        }
        for shift in [0, 8, 16, 24] {
            let mut buckets = vec![Vec::new(); 256];
            for one in found {
                buckets[(one.0 >> shift) as usize & 255].push(one);
            }
            found = buckets.concat();
        }
        let hits = found.into_iter().map(|(_, number, score)| Hit {
            text: self.rows[number].text.clone(),
            score,
        });
        Ok(hits.collect())
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
