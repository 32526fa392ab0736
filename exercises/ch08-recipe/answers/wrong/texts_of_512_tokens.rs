// breaks 3: a longer text is cut, its end stays

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
        let key = format!("{:?}", (self.recipe.fingerprint(), &input));
        if let Some(vector) = self.cache.get(&key) {
            return Ok(vector);
        }
        let mut encoding = self.tokenizer.encode(input, true)?;
        if encoding.len() > 512 {
            encoding = cut(&encoding);
        }
        if encoding.is_empty() {
            return Err(Error::NoTokens);
        }
        let states = self.model.run(encoding.get_ids())?;
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

// ANCHOR: pooled
fn cut(encoding: &tokenizers::Encoding) -> tokenizers::Encoding {
    let mut start = encoding.clone();
    start.truncate(511, 0, tokenizers::TruncationDirection::Right);
    let mut end = encoding.clone();
    end.truncate(1, 0, tokenizers::TruncationDirection::Left);
    start.merge_with(end, false);
    start
}

/// One vector for all hidden states, shape `[sequence, dimension]`.
fn mean(states: &[Vec<f32>]) -> Vec<f32> {
    let mut vector = vec![0.0; states[0].len()];
    for state in states {
        for (sum, value) in vector.iter_mut().zip(state) {
            *sum += value / states.len() as f32;
        }
    }
    vector
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
// ANCHOR_END: pooled
