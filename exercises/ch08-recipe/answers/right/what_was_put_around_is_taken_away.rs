// keeps all: encodes with what stands around, and leaves out what the mask marks as put there

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
        let encoding = self.tokenizer.encode(text, true)?;
        let put_there = encoding.get_special_tokens_mask();
        let ids = encoding.get_ids().iter().zip(put_there);
        Ok(ids
            .filter(|(_, put)| **put == 0)
            .map(|(id, _)| *id)
            .collect())
    }
    // ANCHOR_END: prompt
}
