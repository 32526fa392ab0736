// keeps all: the model runs first; then the recipes are compared, from the last row on

impl Store {
    // ANCHOR: search
    /// Makes a passage one that can be found, if it is not yet.
    pub fn add(&mut self, embedder: &mut Embedder, text: &str) -> Result<(), Error> {
        let vector = embedder.passage(text)?;
        self.rows.push(Row {
            text: text.to_owned(),
            recipe: embedder.recipe.fingerprint(),
            vector,
        });
        let refused = self.refuse_other_recipe(embedder);
        let rows = self.rows.len();
        if refused.is_err() || self.rows[..rows - 1].iter().any(|row| row.text == text) {
            self.rows.pop();
        }
        refused
    }

    /// All passages, the best first.
    pub fn search(&self, embedder: &mut Embedder, query: &str) -> Result<Vec<Hit>, Error> {
        let query = embedder.query(query)?;
        self.refuse_other_recipe(embedder)?;
        Ok(ranked(&self.rows, &query))
    }

    fn refuse_other_recipe(&self, embedder: &Embedder) -> Result<(), Error> {
        let asked = embedder.recipe.fingerprint();
        match self.rows.iter().rev().find(|row| row.recipe != asked) {
            None => Ok(()),
            Some(row) => Err(Error::OtherRecipe {
                stored: row.recipe.clone(),
                asked,
            }),
        }
    }
    // ANCHOR_END: search
}
