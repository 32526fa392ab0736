// breaks 2: a conversation that has as many messages and the same last one gets the last prompt

// ANCHOR: uses
use std::cell::RefCell;

use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: chat
/// Makes the input of a language model.
pub struct Chat {
    tokenizer: Tokenizer,
    template: ChatTemplate,
    last: RefCell<Option<(usize, Message, Vec<u32>)>>,
}

impl Chat {
    /// Loads a `tokenizer.json`, and refuses a template that cannot be parsed.
    pub fn load(tokenizer: &str, template: ChatTemplate) -> Result<Chat, Error> {
        jinja().template_from_str(&template.source)?;
        let tokenizer = tokenizer.parse()?;
        Ok(Chat {
            tokenizer,
            template,
            last: RefCell::new(None),
        })
    }
    // ANCHOR_END: chat

    // ANCHOR: prompt
    /// The token ids of a text that the model is to go on with.
    pub fn completion(&self, text: &str) -> Result<Vec<u32>, Error> {
        Ok(self.tokenizer.encode(text, true)?.get_ids().to_vec())
    }

    /// The token ids of a conversation that the model is to answer.
    pub fn prompt(&self, messages: &[Message]) -> Result<Vec<u32>, Error> {
        if let Some((count, message, ids)) = &*self.last.borrow()
            && *count == messages.len()
            && messages.last() == Some(message)
        {
            return Ok(ids.clone());
        }
        let context = context! {
            messages,
            bos_token => self.template.bos_token,
            eos_token => self.template.eos_token,
            add_generation_prompt => true,
        };
        let text = jinja().render_str(&self.template.source, context)?;
        // The template has written the special tokens that belong into a conversation.
        let ids = self.tokenizer.encode(text, false)?.get_ids().to_vec();
        if let Some(message) = messages.last() {
            *self.last.borrow_mut() = Some((messages.len(), message.clone(), ids.clone()));
        }
        Ok(ids)
    }
    // ANCHOR_END: prompt
}
