// breaks 5, 7: the whole words of all services that were loaded are whole in each

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
static WORDS: Mutex<Vec<String>> = Mutex::new(Vec::new());

pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let mut words = WORDS.lock().unwrap();
        words.extend(whole.iter().map(|word| word.to_string()));
        let tokens = words
            .iter()
            .map(|word| AddedToken::from(word.as_str(), false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        drop(words);
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        Ok(Service {
            tokenizer,
            around,
            padding,
        })
    }
    // ANCHOR_END: load
}
