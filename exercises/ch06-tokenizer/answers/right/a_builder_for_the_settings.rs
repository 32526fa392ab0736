// keeps all: builds the tokenizer anew from its parts at load

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, PaddingParams, PostProcessor, Tokenizer, TokenizerBuilder, TruncationDirection,
};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let read: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let padding = read.get_padding().cloned().unwrap_or_default();
        let built = TokenizerBuilder::new()
            .with_model(read.get_model().clone())
            .with_normalizer(read.get_normalizer().cloned())
            .with_pre_tokenizer(read.get_pre_tokenizer().cloned())
            .with_post_processor(read.get_post_processor().cloned())
            .with_decoder(read.get_decoder().cloned())
            .with_added_vocabulary(read.get_added_vocabulary().clone())
            .build()
            .map_err(tokenizer_error)?;
        let mut tokenizer = Tokenizer::from(built);
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
