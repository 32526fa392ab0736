// breaks 1, 2, 4: takes the first and the last token for those around

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let encoding = self.tokenizer.encode(text, true).map_err(tokenizer_error)?;
        let mut ids = encoding.get_ids().to_vec();
        let limit = max_tokens.unwrap_or(usize::MAX);
        if limit < self.around {
            return Err(EncodeError::LimitTooSmall {
                limit,
                least: self.around,
            });
        }
        let left_out = ids.len().saturating_sub(limit);
        if left_out > 0 {
            let last = ids.len() - 1;
            ids.drain(last - left_out..last);
        }
        Ok(Row {
            mask: vec![1; ids.len()],
            ids,
            left_out,
        })
    }
    // ANCHOR_END: row
}
