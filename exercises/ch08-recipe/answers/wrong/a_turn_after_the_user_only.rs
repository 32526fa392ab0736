// breaks 2: the answer is begun only where the user spoke last

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
            add_generation_prompt => messages.last().is_some_and(|last| last.role == "user"),
        };
        let text = jinja().render_str(&self.template.source, context)?;
        // The template has written the special tokens that belong into a conversation.
        Ok(self.tokenizer.encode(text, false)?.get_ids().to_vec())
    }
    // ANCHOR_END: prompt
}
