// breaks 11: what the tokenizer refuses in a prompt is a panic

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
        // The template has written the special tokens that belong into a conversation.
        let encoding = self.tokenizer.encode(text, false);
        Ok(encoding
            .expect("the template writes text")
            .get_ids()
            .to_vec())
    }
    // ANCHOR_END: prompt
}
