// breaks 11: a template that cannot be parsed is found when it is rendered

// ANCHOR: chat
/// Makes the input of a language model.
pub struct Chat {
    tokenizer: Tokenizer,
    template: ChatTemplate,
}

impl Chat {
    /// Loads a `tokenizer.json`, and refuses a template that cannot be parsed.
    pub fn load(tokenizer: &str, template: ChatTemplate) -> Result<Chat, Error> {
        let tokenizer = tokenizer.parse()?;
        Ok(Chat {
            tokenizer,
            template,
        })
    }
    // ANCHOR_END: chat
}
