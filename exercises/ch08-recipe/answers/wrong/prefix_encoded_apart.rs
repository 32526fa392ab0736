// breaks 3: the ids of the prefix are put before those of the text, after the first

impl Embedder {
    // ANCHOR: embed
    /// The vector of what somebody looks for.
    pub fn query(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(&self.recipe.query_prefix.clone(), text)
    }

    /// The vector of what can be found.
    pub fn passage(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(&self.recipe.passage_prefix.clone(), text)
    }

    /// The vector of a text that has its prefix.
    fn embed(&mut self, prefix: &str, text: &str) -> Result<Vec<f32>, Error> {
        let key = format!("{:?}", (self.recipe.fingerprint(), prefix, text));
        if let Some(vector) = self.cache.get(&key) {
            return Ok(vector);
        }
        let prefix = self.tokenizer.encode(prefix, false)?;
        let text = self.tokenizer.encode(text, true)?;
        let mask = text.get_special_tokens_mask();
        let start = mask.iter().take_while(|put| **put == 1).count();
        let mut ids = text.get_ids().to_vec();
        let start = if start == ids.len() {
            start.min(1)
        } else {
            start
        };
        ids.splice(start..start, prefix.get_ids().iter().copied());
        if ids.is_empty() {
            return Err(Error::NoTokens);
        }
        let states = self.model.run(&ids)?;
        let mut vector = match self.recipe.pooling {
            Pooling::Cls => states[0].clone(),
            Pooling::Mean => mean(&states),
            Pooling::Last => states[states.len() - 1].clone(),
        };
        if self.recipe.normalize {
            normalize(&mut vector);
        }
        self.cache.put(&key, &vector);
        Ok(vector)
    }
    // ANCHOR_END: embed
}
