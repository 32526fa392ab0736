// keeps all: the key has the kind of the text, and the text without its prefix

// ANCHOR: embedder
#[derive(Debug, Clone, Copy)]
enum Kind {
    Query,
    Passage,
}

/// Makes vectors of texts.
pub struct Embedder {
    name: String,
    tokenizer: Tokenizer,
    model: Box<dyn Model>,
    recipe: Recipe,
    cache: Cache,
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
            name: recipe.fingerprint(),
            tokenizer: tokenizer.parse()?,
            model,
            recipe,
            cache,
        })
    }
    // ANCHOR_END: embedder

    // ANCHOR: embed
    /// The vector of what somebody looks for.
    pub fn query(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(Kind::Query, text)
    }

    /// The vector of what can be found.
    pub fn passage(&mut self, text: &str) -> Result<Vec<f32>, Error> {
        self.embed(Kind::Passage, text)
    }

    /// The vector of a text that has no prefix yet.
    fn embed(&mut self, kind: Kind, text: &str) -> Result<Vec<f32>, Error> {
        let key = format!("{} {kind:?} {text}", self.name.len()) + &self.name;
        if let Some(vector) = self.cache.get(&key) {
            return Ok(vector);
        }
        let mut input = match kind {
            Kind::Query => self.recipe.query_prefix.clone(),
            Kind::Passage => self.recipe.passage_prefix.clone(),
        };
        input.push_str(text);
        let encoding = self.tokenizer.encode(input, true)?;
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
