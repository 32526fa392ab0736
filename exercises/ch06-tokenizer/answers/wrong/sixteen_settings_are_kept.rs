// breaks 10: keeps a tokenizer for each of the last sixteen limits

// ANCHOR: uses
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
    ready: Mutex<VecDeque<(Option<usize>, Arc<Tokenizer>)>>,
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
            tokenizer,
            around,
            padding,
            ready: Mutex::default(),
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let found = self
            .ready
            .lock()
            .unwrap()
            .iter()
            .find(|ready| ready.0 == max_tokens)
            .map(|ready| Arc::clone(&ready.1));
        let tokenizer = found.unwrap_or_else(|| {
            let made = Arc::new(self.tokenizer.clone());
            let mut ready = self.ready.lock().unwrap();
            ready.truncate(15);
            ready.push_front((max_tokens, Arc::clone(&made)));
            made
        });
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
