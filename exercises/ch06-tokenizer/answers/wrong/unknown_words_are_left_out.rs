// breaks 1, 4: takes unknown words out of a row and counts them as left out

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
        let left_out = all - encoding.len();
        let encoding = self
            .tokenizer
            .post_process(encoding, None, true)
            .map_err(tokenizer_error)?;
        let ids: Vec<u32> = encoding
            .get_ids()
            .iter()
            .copied()
            .filter(|&id| id != 1)
            .collect();
        let left_out = left_out + encoding.len() - ids.len();
        Ok(Row {
            mask: vec![1; ids.len()],
            ids,
            left_out,
        })
    }
    // ANCHOR_END: row
}
