// breaks 9: passages are ranked by distance, which is another order where lengths differ

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
        let mut hits: Vec<(f32, Hit)> = Vec::new();
        for row in &self.rows {
            let gaps = row
                .vector
                .iter()
                .zip(&query)
                .map(|(one, other)| (one - other).powi(2));
            let hit = Hit {
                text: row.text.clone(),
                score: dot(&row.vector, &query),
            };
            hits.push((gaps.sum(), hit));
        }
        hits.sort_by(|one, other| one.0.total_cmp(&other.0));
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
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
