// keeps all: cuts and pads the request's own encodings with the crate's free functions

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationParams, pad_encodings,
    truncate_encodings,
};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut encodings = Vec::with_capacity(texts.len());
        let mut left_out = Vec::with_capacity(texts.len());
        for &text in texts {
            let mut encoding = self
                .tokenizer
                .encode(text, false)
                .map_err(tokenizer_error)?;
            let before = encoding.len();
            if let Some(limit) = options.max_tokens {
                let Some(max_length) = limit.checked_sub(self.around) else {
                    return Err(EncodeError::LimitTooSmall {
                        limit,
                        least: self.around,
                    });
                };
                let params = TruncationParams {
                    max_length,
                    ..Default::default()
                };
                (encoding, _) =
                    truncate_encodings(encoding, None, &params).map_err(tokenizer_error)?;
            }
            left_out.push(before - encoding.len());
            encoding.take_overflowing();
            encodings.push(
                self.tokenizer
                    .post_process(encoding, None, true)
                    .map_err(tokenizer_error)?,
            );
        }
        if options.pad {
            let params = PaddingParams {
                pad_id: self.padding.pad_id,
                ..Default::default()
            };
            pad_encodings(&mut encodings, &params).map_err(tokenizer_error)?;
        }
        let rows = encodings
            .iter()
            .zip(left_out)
            .map(|(encoding, left_out)| Row {
                ids: encoding.get_ids().to_vec(),
                mask: encoding.get_attention_mask().to_vec(),
                left_out,
            });
        Ok(rows.collect())
    }
    // ANCHOR_END: encode

    // ANCHOR: row

    // ANCHOR_END: row
}
