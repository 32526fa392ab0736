// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        if let Some(limit) = max_tokens.filter(|&limit| limit < self.around) {
            return Err(EncodeError::LimitTooSmall {
                limit,
                least: self.around,
            });
        }
        let encoding = self.tokenizer.encode(text, true).map_err(tokenizer_error)?;
        let mut ids = encoding.get_ids().to_vec();
        let all = ids.len();
        ids.truncate(max_tokens.unwrap_or(all));
        Ok(Row {
            mask: vec![1; ids.len()],
            left_out: all - ids.len(),
            ids,
        })
    }
    // ANCHOR_END: row
}
