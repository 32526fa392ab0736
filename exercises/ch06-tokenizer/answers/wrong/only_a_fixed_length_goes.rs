// breaks 5: switches the file's padding off only where it has a fixed length

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, PaddingParams, PaddingStrategy, PostProcessor, Tokenizer, TruncationDirection,
};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        if matches!(padding.strategy, PaddingStrategy::Fixed(_)) {
            tokenizer.with_padding(None);
        }
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
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
