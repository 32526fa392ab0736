// breaks 2: the file puts its tokens around the prompt; the second of two equal start tokens is dropped

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
        let mut ids = self.completion(&text)?;
        if ids.len() > 1 && ids[0] == ids[1] {
            ids.remove(0);
        }
        Ok(ids)
    }
    // ANCHOR_END: prompt
}
