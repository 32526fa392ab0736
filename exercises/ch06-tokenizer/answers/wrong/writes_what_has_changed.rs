// breaks 9: sets a limit behind the lock only when it is another one than the last request had

// ANCHOR: uses
use std::fmt;
use std::sync::RwLock;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationParams};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: RwLock<Tokenizer>,
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
            tokenizer: RwLock::new(tokenizer),
            around,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        if let Some(limit) = max_tokens.filter(|&limit| limit < self.around) {
            return Err(EncodeError::LimitTooSmall {
                limit,
                least: self.around,
            });
        }
        let mut tokenizer = self.tokenizer.read().unwrap();
        while tokenizer.get_truncation().map(|set| set.max_length) != max_tokens {
            drop(tokenizer);
            let set = max_tokens.map(|max_length| TruncationParams {
                max_length,
                ..TruncationParams::default()
            });
            self.tokenizer
                .write()
                .unwrap()
                .with_truncation(set)
                .map_err(tokenizer_error)?;
            tokenizer = self.tokenizer.read().unwrap();
        }
        let encoding = tokenizer.encode(text, true).map_err(tokenizer_error)?;
        drop(tokenizer);
        let left_out = self.uncut(text)? + self.around - encoding.len();
        Ok(Row {
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
            left_out,
        })
    }

    fn uncut(&self, text: &str) -> Result<usize, EncodeError> {
        let mut tokenizer = self.tokenizer.write().unwrap();
        let set = tokenizer.get_truncation().cloned();
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let length = tokenizer
            .encode(text, false)
            .map_err(tokenizer_error)?
            .len();
        tokenizer.with_truncation(set).map_err(tokenizer_error)?;
        Ok(length)
    }
    // ANCHOR_END: row
}
