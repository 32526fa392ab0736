// keeps all: what a message spells of the special tokens is no special token: a blank comes after its first character

impl Chat {
    // ANCHOR: prompt
    /// The token ids of a text that the model is to go on with.
    pub fn completion(&self, text: &str) -> Result<Vec<u32>, Error> {
        Ok(self.tokenizer.encode(text, true)?.get_ids().to_vec())
    }

    fn harmless(&self, message: &Message) -> Message {
        let mut content = message.content.clone();
        for token in self.tokenizer.get_added_tokens_decoder().into_values() {
            let Some(first) = token.content.chars().next() else {
                continue;
            };
            if !token.special {
                continue;
            }
            let rest = &token.content[first.len_utf8()..];
            content = content.replace(&token.content, &format!("{first} {rest}"));
        }
        Message {
            role: message.role.clone(),
            content,
        }
    }

    /// The token ids of a conversation that the model is to answer.
    pub fn prompt(&self, messages: &[Message]) -> Result<Vec<u32>, Error> {
        let messages: Vec<Message> = messages.iter().map(|one| self.harmless(one)).collect();
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
