// breaks 2: keeps the first half and the last half of what there is room for

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, Encoding, PaddingParams, PostProcessor, Token, Tokenizer};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let encoding = self.tokenizer.encode(text, false).map_err(said)?;
        let all = encoding.len();
        let mut ids = encoding.get_ids().to_vec();
        if let Some(limit) = max_tokens {
            let room = limit
                .checked_sub(self.around)
                .ok_or(EncodeError::LimitTooSmall {
                    limit,
                    least: self.around,
                })?;
            if all > room {
                ids.drain(room.div_ceil(2)..all - room / 2);
            }
        }
        let tokens = ids
            .iter()
            .map(|&id| Token::new(id, String::new(), (0, 0)))
            .collect();
        let encoding = Encoding::from_tokens(tokens, 0);
        let encoding = self
            .tokenizer
            .post_process(encoding, None, true)
            .map_err(said)?;
        Ok(Row {
            left_out: all - ids.len(),
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
        })
    }
    // ANCHOR_END: row
}
