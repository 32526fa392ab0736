// breaks 10: load makes a tokenizer for each limit up to 128, and a request one for each above

// ANCHOR: uses
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, RwLock};

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
    ready: RwLock<HashMap<usize, Arc<Tokenizer>>>,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(said)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(said)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(said)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        let ready = (0..=128)
            .map(|limit| (limit, Arc::new(tokenizer.clone())))
            .collect();
        Ok(Service {
            tokenizer,
            around,
            padding,
            ready: RwLock::new(ready),
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let limit = max_tokens.unwrap_or(0);
        let found = self.ready.read().unwrap().get(&limit).cloned();
        let tokenizer = found.unwrap_or_else(|| {
            let made = Arc::new(self.tokenizer.clone());
            self.ready.write().unwrap().insert(limit, Arc::clone(&made));
            made
        });
        let mut encoding = tokenizer.encode(text, false).map_err(said)?;
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
        let encoding = tokenizer.post_process(encoding, None, true).map_err(said)?;
        Ok(Row {
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
            left_out,
        })
    }
    // ANCHOR_END: row
}
