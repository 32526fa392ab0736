// breaks 9: the tokens around a text are put there by one request at a time

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
static TURN: Mutex<()> = Mutex::new(());

pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let mut encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(tokenizer_error)?;
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
        let turn = TURN.lock().unwrap();
        let encoding = self
            .tokenizer
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
