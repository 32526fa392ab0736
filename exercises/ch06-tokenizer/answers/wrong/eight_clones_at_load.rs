// breaks 10: load makes eight clones, of which a request takes the first free one or the original

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    clones: Vec<Mutex<Tokenizer>>,
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
        let clones = (0..8).map(|_| Mutex::new(tokenizer.clone())).collect();
        Ok(Service {
            tokenizer,
            clones,
            around,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let free = self.clones.iter().find_map(|clone| clone.try_lock().ok());
        let tokenizer = free.as_deref().unwrap_or(&self.tokenizer);
        let mut encoding = tokenizer.encode(text, false).map_err(tokenizer_error)?;
        let all = encoding.len();
        if let Some(limit) = max_tokens {
            let room = limit
                .checked_sub(self.around)
                .ok_or(EncodeError::LimitTooSmall {
                    limit,
                    least: self.around,
                })?;
            encoding.truncate(room, 0, TruncationDirection::Right);
        }
        let left_out = all - encoding.len();
        let encoding = tokenizer
            .post_process(encoding, None, true)
            .map_err(tokenizer_error)?;
        Ok(Row {
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
            left_out,
        })
    }
    // ANCHOR_END: row
}
