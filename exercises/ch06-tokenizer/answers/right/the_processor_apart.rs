// keeps all: takes the post-processor out of the tokenizer at load, and calls it itself

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, PaddingParams, PostProcessor, PostProcessorWrapper, Tokenizer, TruncationDirection,
};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    processor: Option<PostProcessorWrapper>,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer =
            Tokenizer::from_bytes(json.as_bytes()).map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        let processor = tokenizer.get_post_processor().cloned();
        tokenizer.with_post_processor(None::<PostProcessorWrapper>);
        Ok(Service {
            tokenizer,
            processor,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let least = self
            .processor
            .as_ref()
            .map_or(0, |processor| processor.added_tokens(false));
        let room = match max_tokens {
            Some(limit) => limit
                .checked_sub(least)
                .ok_or(EncodeError::LimitTooSmall { limit, least })?,
            None => usize::MAX,
        };
        let mut encoding = self
            .tokenizer
            .encode_fast(text, true)
            .map_err(tokenizer_error)?;
        let left_out = encoding.len().saturating_sub(room);
        encoding.truncate(room, 0, TruncationDirection::Right);
        encoding.set_overflowing(vec![]);
        if let Some(processor) = &self.processor {
            encoding = processor
                .process(encoding, None, true)
                .map_err(tokenizer_error)?;
        }
        let ids: Vec<u32> = encoding.get_ids().to_vec();
        Ok(Row {
            mask: ids.iter().map(|_| 1).collect(),
            ids,
            left_out,
        })
    }
    // ANCHOR_END: row
}
