// breaks 9: a passage whose vector is all zeros is no hit

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
        let rows = self
            .rows
            .iter()
            .filter(|row| row.vector.iter().any(|value| *value != 0.0));
        let rows: Vec<Row> = rows.cloned().collect();
        Ok(ranked(&rows, &query))
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
