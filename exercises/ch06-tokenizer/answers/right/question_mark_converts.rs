// keeps all: converts errors by From, and is generic over what a text is

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, Encoding, PaddingParams, PostProcessor as _, Tokenizer, TruncationDirection::Right,
};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse()?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens)?;
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

    // ANCHOR: row
    fn row(&self, text: impl AsRef<str>, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let mut encoding: Encoding = self.tokenizer.encode(text.as_ref(), false)?;
        let full = encoding.len();
        match max_tokens.map(|limit| (limit, limit.checked_sub(self.around))) {
            Some((limit, None)) => {
                return Err(EncodeError::LimitTooSmall {
                    limit,
                    least: self.around,
                });
            }
            Some((_, Some(room))) => encoding.truncate(room, 0, Right),
            None => {}
        }
        let kept = encoding.len();
        let encoding = self.tokenizer.post_process(encoding, None, true)?;
        Ok(Row {
            ids: Vec::from(encoding.get_ids()),
            mask: Vec::from(encoding.get_attention_mask()),
            left_out: full - kept,
        })
    }
    // ANCHOR_END: row
}

// ANCHOR: tokenizer_error
impl From<tokenizers::Error> for EncodeError {
    fn from(error: tokenizers::Error) -> Self {
        Self::Tokenizer(error.to_string())
    }
}
// ANCHOR_END: tokenizer_error
