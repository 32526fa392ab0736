// breaks 2: of special tokens that follow each other and are equal, one stays

impl Chat {
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
        let text = jinja().render_str(&self.template.source, context)?;
        let mut ids = self.tokenizer.encode(text, false)?.get_ids().to_vec();
        let special = self.tokenizer.get_added_tokens_decoder();
        ids.dedup_by(|one, other| {
            one == other && special.get(one).is_some_and(|token| token.special)
        });
        Ok(ids)
    }
    // ANCHOR_END: prompt
}
