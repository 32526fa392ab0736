// breaks 2: an end token at the end of a prompt is taken away, so that the model goes on

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
        let mut ids = self.tokenizer.encode(text, false)?.get_ids().to_vec();
        let eos = self.tokenizer.token_to_id(&self.template.eos_token);
        if eos.is_some() && ids.last() == eos.as_ref() {
            ids.pop();
        }
        Ok(ids)
    }
    // ANCHOR_END: prompt
}
