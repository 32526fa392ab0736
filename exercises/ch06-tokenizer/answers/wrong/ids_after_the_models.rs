// breaks 7: numbers whole words after the model's own vocabulary and not after the file's added tokens

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, AddedVocabulary, PaddingParams, PostProcessor, Tokenizer, TruncationDirection,
};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let mut file: Vec<_> = tokenizer.get_added_tokens_decoder().into_iter().collect();
        file.sort_by_key(|(id, _)| *id);
        let file: Vec<AddedToken> = file.into_iter().map(|(_, token)| token).collect();
        let mut added = AddedVocabulary::new();
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        added
            .add_tokens(tokens, tokenizer.get_model(), tokenizer.get_normalizer())
            .map_err(tokenizer_error)?;
        added
            .add_tokens(file, tokenizer.get_model(), tokenizer.get_normalizer())
            .map_err(tokenizer_error)?;
        tokenizer.with_added_vocabulary(added);
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
