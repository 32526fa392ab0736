// keeps all: the cache has all hidden states of a text, and recipes of one model share them

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
        let encoding = self.tokenizer.encode(input, true)?;
        if encoding.is_empty() {
            return Err(Error::NoTokens);
        }
        let ids = encoding.get_ids();
        let key = format!("{:?}", (&self.recipe.model, ids));
        let states: Vec<Vec<f32>> = match self.cache.get(&key) {
            Some(all) => all
                .chunks(all.len() / ids.len())
                .map(<[f32]>::to_vec)
                .collect(),
            None => {
                let states = self.model.run(ids)?;
                self.cache.put(&key, &states.concat());
                states
            }
        };
        let mut vector = match self.recipe.pooling {
            Pooling::Cls => states[0].clone(),
            Pooling::Mean => mean(&states),
            Pooling::Last => states[states.len() - 1].clone(),
        };
        if self.recipe.normalize {
            normalize(&mut vector);
        }
        Ok(vector)
    }
    // ANCHOR_END: embed
}
