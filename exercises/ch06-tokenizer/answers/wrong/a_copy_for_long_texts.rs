// breaks 10: copies the tokenizer for a text of more than 200 bytes

impl Service {
    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let copy = (text.len() > 200).then(|| self.tokenizer.clone());
        let tokenizer = copy.as_ref().unwrap_or(&self.tokenizer);
        let mut encoding = tokenizer.encode(text, false).map_err(tokenizer_error)?;
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
        let encoding = tokenizer
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
