// breaks 4: the sums of the last mean are not cleared where the dimension is the same

// ANCHOR: embedder
/// Makes vectors of texts.
pub struct Embedder {
    tokenizer: Tokenizer,
    model: Box<dyn Model>,
    recipe: Recipe,
    cache: Cache,
    sums: Vec<f32>,
}

impl Embedder {
    /// Loads a `tokenizer.json`; `model` has the weights that `recipe` names.
    pub fn load(
        tokenizer: &str,
        model: Box<dyn Model>,
        recipe: Recipe,
        cache: Cache,
    ) -> Result<Embedder, Error> {
        Ok(Embedder {
            tokenizer: tokenizer.parse()?,
            model,
            recipe,
            cache,
            sums: Vec::new(),
        })
    }
    // ANCHOR_END: embedder

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
        let key = format!("{:?}", (self.recipe.fingerprint(), &input));
        if let Some(vector) = self.cache.get(&key) {
            return Ok(vector);
        }
        let encoding = self.tokenizer.encode(input, true)?;
        if encoding.is_empty() {
            return Err(Error::NoTokens);
        }
        let states = self.model.run(encoding.get_ids())?;
        let mut vector = match self.recipe.pooling {
            Pooling::Cls => states[0].clone(),
            Pooling::Mean => {
                mean(&states, &mut self.sums);
                self.sums.clone()
            }
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

// ANCHOR: pooled
/// One vector for all hidden states, shape `[sequence, dimension]`.
fn mean(states: &[Vec<f32>], vector: &mut Vec<f32>) {
    vector.resize(states[0].len(), 0.0);
    for state in states {
        for (sum, value) in vector.iter_mut().zip(state) {
            *sum += value / states.len() as f32;
        }
    }
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
// ANCHOR_END: pooled
