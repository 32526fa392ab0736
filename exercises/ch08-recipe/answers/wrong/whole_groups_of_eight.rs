// breaks 9: products are made of whole groups of eight values

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
        let mut hits: Vec<Hit> = Vec::new();
        for row in &self.rows {
            let groups = row.vector.chunks(8).zip(query.chunks_exact(8));
            let mut score: f32 = groups.map(|(one, other)| dot(one, other)).sum();
            if query.len() < 8 {
                score = dot(&row.vector, &query);
            }
            let text = row.text.clone();
            hits.push(Hit { text, score });
        }
        hits.sort_by(|one, other| other.score.total_cmp(&one.score));
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
