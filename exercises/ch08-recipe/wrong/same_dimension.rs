impl Store {
    // ANCHOR: search
    /// Makes a passage one that can be found, if it is not yet.
    pub fn add(&mut self, embedder: &mut Embedder, text: &str) -> Result<(), Error> {
        if self.rows.iter().any(|row| row.text == text) {
            return Ok(());
        }
        let vector = embedder.passage(text)?;
        self.refuse_other_dimension(embedder, &vector)?;
        self.rows.push(Row {
            text: text.to_owned(),
            recipe: embedder.recipe.fingerprint(),
            vector,
        });
        Ok(())
    }

    /// All passages, the best first.
    pub fn search(&self, embedder: &mut Embedder, query: &str) -> Result<Vec<Hit>, Error> {
        let query = embedder.query(query)?;
        self.refuse_other_dimension(embedder, &query)?;
        Ok(ranked(&self.rows, &query))
    }

    fn refuse_other_dimension(&self, embedder: &Embedder, vector: &[f32]) -> Result<(), Error> {
        let is_other = |row: &&Row| row.vector.len() != vector.len();
        match self.rows.iter().find(is_other) {
            None => Ok(()),
            Some(row) => Err(Error::OtherRecipe {
                stored: row.recipe.clone(),
                asked: embedder.recipe.fingerprint(),
            }),
        }
    }
    // ANCHOR_END: search
}
