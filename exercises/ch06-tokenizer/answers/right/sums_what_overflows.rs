// keeps all: what was cut off is summed from the overflowing pieces of the cut itself

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
        let pieces = encoding.take_overflowing();
        let left_out = pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let _ = all;
        // Now what the model expects around a text, whatever was cut.
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
