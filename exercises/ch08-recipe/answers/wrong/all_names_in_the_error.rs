// breaks 8: the error has the names of all rows of other recipes, in one text

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
        Ok(ranked(&self.rows, &query))
    }

    fn refuse_other_recipe(&self, embedder: &Embedder) -> Result<(), Error> {
        let asked = embedder.recipe.fingerprint();
        let others = self.rows.iter().filter(|row| row.recipe != asked);
        let mut others: Vec<&str> = others.map(|row| row.recipe.as_str()).collect();
        others.dedup();
        if others.is_empty() {
            return Ok(());
        }
        let stored = others.join(", ");
        Err(Error::OtherRecipe { stored, asked })
    }
    // ANCHOR_END: search
}
