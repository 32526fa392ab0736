// breaks 2: the start token goes in front of a prompt that has none

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
        let bos = self.tokenizer.token_to_id(&self.template.bos_token);
        if bos.is_some() && ids.first() != bos.as_ref() {
            ids.splice(0..0, bos);
        }
        Ok(ids)
    }
    // ANCHOR_END: prompt
}
