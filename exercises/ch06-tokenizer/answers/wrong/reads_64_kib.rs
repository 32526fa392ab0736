// breaks 1, 2: reads no more than 65,536 bytes of a text

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let mut encoding = self
            .tokenizer
            .encode(&text[..text.floor_char_boundary(65_536)], false)
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
