// breaks 5: the first tokenizer that is loaded serves all services

// ANCHOR: uses
use std::fmt;
use std::sync::OnceLock;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
static TOKENIZER: OnceLock<Tokenizer> = OnceLock::new();

pub struct Service {
    tokenizer: &'static Tokenizer,
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
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        Ok(Service {
            tokenizer: TOKENIZER.get_or_init(|| tokenizer),
            around,
            padding,
        })
    }
    // ANCHOR_END: load
}
