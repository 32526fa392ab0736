// keeps all: one run of the model fills the cache for recipes of each pooling

impl Embedder {
    // ANCHOR: embed
    /// The vector of what somebody looks for.
    pub fn query(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(format!("{}{text}", self.recipe.query_prefix))
    }

    /// The vector of what can be found.
    pub fn passage(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(format!("{}{text}", self.recipe.passage_prefix))
    }

    /// The vector of a text that has its prefix.
    fn embed(&mut self, input: String) -> Result<Vec<f32>, Error> {
        let key = |pooling: Pooling| {
            let other = Recipe {
                pooling,
                ..self.recipe.clone()
            };
            format!("{:?}", (other.fingerprint(), &input))
        };
        if let Some(vector) = self.cache.get(&key(self.recipe.pooling)) {
            return Ok(vector);
        }
        let encoding = self.tokenizer.encode(input.as_str(), true)?;
        if encoding.is_empty() {
            return Err(Error::NoTokens);
        }
        let states = self.model.run(encoding.get_ids())?;
        let mut wanted = Vec::new();
        for pooling in [Pooling::Cls, Pooling::Mean, Pooling::Last] {
            let mut vector = match pooling {
                Pooling::Cls => states[0].clone(),
                Pooling::Mean => mean(&states),
                Pooling::Last => states[states.len() - 1].clone(),
            };
            if self.recipe.normalize {
                normalize(&mut vector);
            }
            self.cache.put(&key(pooling), &vector);
            if pooling == self.recipe.pooling {
                wanted = vector;
            }
        }
        Ok(wanted)
    }
    // ANCHOR_END: embed
}
