// keeps all: encodes all texts by `encode_batch`, shared by an Arc, and finishes each

// ANCHOR: uses
use std::fmt;
use std::sync::Arc;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Arc<Tokenizer>,
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
            tokenizer: Arc::new(tokenizer),
            around,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let tokenizer = Arc::clone(&self.tokenizer);
        let room = self.room(options.max_tokens)?;
        let encodings = tokenizer
            .encode_batch(texts.to_vec(), false)
            .map_err(tokenizer_error)?;
        let mut rows = Vec::new();
        for mut encoding in encodings {
            let all = encoding.len();
            if let Some(room) = room {
                encoding.truncate(room, 0, TruncationDirection::Right);
            }
            let left_out = all - encoding.len();
            let done = tokenizer
                .post_process(encoding, None, true)
                .map_err(tokenizer_error)?;
            rows.push(Row {
                ids: done.get_ids().into(),
                mask: vec![1; done.len()],
                left_out,
            });
        }
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for Row { ids, mask, .. } in &mut rows {
                ids.resize(longest, self.padding.pad_id);
                mask.resize(longest, 0);
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode

    // ANCHOR: row
    fn room(&self, limit: Option<usize>) -> Result<Option<usize>, EncodeError> {
        let least = self.around;
        limit
            .map(|limit| {
                limit
                    .checked_sub(least)
                    .ok_or(EncodeError::LimitTooSmall { limit, least })
            })
            .transpose()
    }
    // ANCHOR_END: row
}
