// breaks 2: the template is rendered with the defaults of the library

// ANCHOR: uses
use minijinja::{Environment, context};
use tokenizers::Tokenizer;

use recipe::{Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, ranked};
// ANCHOR_END: uses

// ANCHOR: chat
/// Makes the input of a language model.
pub struct Chat {
    tokenizer: Tokenizer,
    template: ChatTemplate,
}

impl Chat {
    /// Loads a `tokenizer.json`, and refuses a template that cannot be parsed.
    pub fn load(tokenizer: &str, template: ChatTemplate) -> Result<Chat, Error> {
        Environment::new().template_from_str(&template.source)?;
        let tokenizer = tokenizer.parse()?;
        Ok(Chat {
            tokenizer,
            template,
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
        let context = context! {
            messages,
            bos_token => self.template.bos_token,
            eos_token => self.template.eos_token,
            add_generation_prompt => true,
        };
        let text = Environment::new().render_str(&self.template.source, context)?;
        // The template has written the special tokens that belong into a conversation.
        Ok(self.tokenizer.encode(text, false)?.get_ids().to_vec())
    }
    // ANCHOR_END: prompt
}
