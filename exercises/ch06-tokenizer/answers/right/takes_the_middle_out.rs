// keeps all: encodes with the tokens around, and takes the cut out of the middle

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        if let Some(limit) = max_tokens
            && limit < self.around
        {
            return Err(EncodeError::LimitTooSmall {
                limit,
                least: self.around,
            });
        }
        let encoding = self
            .tokenizer
            .encode_fast(text, true)
            .map_err(tokenizer_error)?;
        let special = encoding.get_special_tokens_mask();
        let after = special
            .iter()
            .rev()
            .take_while(|&&special| special == 1)
            .count();
        let mut ids = encoding.get_ids().to_vec();
        let left_out = max_tokens.map_or(0, |limit| ids.len().saturating_sub(limit));
        let end = if ids.len() == self.around {
            ids.len()
        } else {
            ids.len() - after
        };
        ids.drain(end - left_out..end);
        Ok(Row {
            mask: vec![1; ids.len()],
            ids,
            left_out,
        })
    }
    // ANCHOR_END: row
}
