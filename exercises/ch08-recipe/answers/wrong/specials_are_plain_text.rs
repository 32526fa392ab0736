// breaks 2: the tokenizer is told to take special tokens as text, so that no message can spell one

// ANCHOR: chat
/// Makes the input of a language model.
pub struct Chat {
    tokenizer: Tokenizer,
    template: ChatTemplate,
}

impl Chat {
    /// Loads a `tokenizer.json`, and refuses a template that cannot be parsed.
    pub fn load(tokenizer: &str, template: ChatTemplate) -> Result<Chat, Error> {
        jinja().template_from_str(&template.source)?;
        let mut tokenizer: Tokenizer = tokenizer.parse()?;
        tokenizer.set_encode_special_tokens(true);
        Ok(Chat {
            tokenizer,
            template,
        })
    }
    // ANCHOR_END: chat
}
