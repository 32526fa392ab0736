// keeps all: chains the ids before, of and after a text

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let whole = self.tokenizer.encode(text, true).map_err(tokenizer_error)?;
        let limit = max_tokens.unwrap_or(whole.len());
        if limit < self.around {
            return Err(EncodeError::LimitTooSmall {
                limit,
                least: self.around,
            });
        }
        let own = |(at, _): &(usize, &u32)| whole.get_special_tokens_mask()[*at] == 0;
        let all = whole.get_ids().iter().enumerate().filter(own).count();
        let mut room = limit - self.around;
        let ids: Vec<u32> = whole
            .get_ids()
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                let special = whole.get_special_tokens_mask()[*at] == 1;
                let kept = special || room > 0;
                room -= usize::from(kept && !special);
                kept
            })
            .map(|(_, &id)| id)
            .collect();
        Ok(Row {
            mask: vec![1; ids.len()],
            left_out: all - (ids.len() - self.around),
            ids,
        })
    }
    // ANCHOR_END: row
}
