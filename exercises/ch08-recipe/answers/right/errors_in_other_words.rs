// keeps all: errors have words of this file's own

// ANCHOR: chat
/// Makes the input of a language model.
pub struct Chat {
    tokenizer: Tokenizer,
    template: ChatTemplate,
}

impl Chat {
    /// Loads a `tokenizer.json`, and refuses a template that cannot be parsed.
    pub fn load(tokenizer: &str, template: ChatTemplate) -> Result<Chat, Error> {
        if let Err(error) = jinja().template_from_str(&template.source) {
            let line = error.line().unwrap_or_default();
            return Err(Error::Template(format!("line {line} is no Jinja")));
        }
        let Ok(tokenizer) = tokenizer.parse() else {
            return Err(Error::Tokenizer("no tokenizer".to_owned()));
        };
        Ok(Chat {
            tokenizer,
            template,
        })
    }
    // ANCHOR_END: chat

    // ANCHOR: prompt
    /// The token ids of a text that the model is to go on with.
    pub fn completion(&self, text: &str) -> Result<Vec<u32>, Error> {
        Ok(self.tokenizer.encode(text, true)?.get_ids().to_vec())
    }

    /// The token ids of a conversation that the model is to answer.
    pub fn prompt(&self, messages: &[Message]) -> Result<Vec<u32>, Error> {
        let context = context! {
            messages,
            bos_token => self.template.bos_token,
            eos_token => self.template.eos_token,
            add_generation_prompt => true,
        };
        let Ok(text) = jinja().render_str(&self.template.source, context) else {
            return Err(Error::Template(String::new()));
        };
        // The template has written the special tokens that belong into a conversation.
        Ok(self.tokenizer.encode(text, false)?.get_ids().to_vec())
    }
    // ANCHOR_END: prompt
}

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
        let encoding = self
            .tokenizer
            .encode(input.as_str(), true)
            .map_err(|_| Error::Tokenizer(input))?;
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
