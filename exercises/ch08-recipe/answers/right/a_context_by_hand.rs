// keeps all: the context is a map of values

// ANCHOR: uses
use std::collections::BTreeMap;

use minijinja::Value;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, dot, jinja, ranked,
};
// ANCHOR_END: uses

impl Chat {
    // ANCHOR: prompt
    /// The token ids of a text that the model is to go on with.
    pub fn completion(&self, text: &str) -> Result<Vec<u32>, Error> {
        Ok(self.tokenizer.encode(text, true)?.get_ids().to_vec())
    }

    /// The token ids of a conversation that the model is to answer.
    pub fn prompt(&self, messages: &[Message]) -> Result<Vec<u32>, Error> {
        let mut context = BTreeMap::new();
        context.insert("messages", Value::from_serialize(messages));
        context.insert("bos_token", Value::from(self.template.bos_token.as_str()));
        context.insert("eos_token", Value::from(self.template.eos_token.as_str()));
        context.insert("add_generation_prompt", Value::from(true));
        let text = jinja().render_str(&self.template.source, context)?;
        // The template has written the special tokens that belong into a conversation.
        Ok(self.tokenizer.encode(text, false)?.get_ids().to_vec())
    }
    // ANCHOR_END: prompt
}
