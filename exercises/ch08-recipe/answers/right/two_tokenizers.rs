// keeps all: the prompt has a tokenizer of its own, which puts nothing around

// ANCHOR: chat
/// Makes the input of a language model.
pub struct Chat {
    around: Tokenizer,
    bare: Tokenizer,
    template: ChatTemplate,
}

impl Chat {
    /// Loads a `tokenizer.json`, and refuses a template that cannot be parsed.
    pub fn load(tokenizer: &str, template: ChatTemplate) -> Result<Chat, Error> {
        jinja().template_from_str(&template.source)?;
        let around: Tokenizer = tokenizer.parse()?;
        let mut bare = around.clone();
        bare.with_post_processor(None::<tokenizers::PostProcessorWrapper>);
        Ok(Chat {
            around,
            bare,
            template,
        })
    }
    // ANCHOR_END: chat

    // ANCHOR: prompt
    /// The token ids of a text that the model is to go on with.
    pub fn completion(&self, text: &str) -> Result<Vec<u32>, Error> {
        Ok(self.around.encode(text, true)?.get_ids().to_vec())
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
        Ok(self.bare.encode(text, true)?.get_ids().to_vec())
    }
    // ANCHOR_END: prompt
}
