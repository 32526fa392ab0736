// breaks 1: a completion is a conversation of one message

impl Chat {
    // ANCHOR: prompt
    /// The token ids of a text that the model is to go on with.
    pub fn completion(&self, text: &str) -> Result<Vec<u32>, Error> {
        self.prompt(&[Message {
            role: "user".to_owned(),
            content: text.to_owned(),
        }])
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
        Ok(self.tokenizer.encode(text, false)?.get_ids().to_vec())
    }
    // ANCHOR_END: prompt
}
