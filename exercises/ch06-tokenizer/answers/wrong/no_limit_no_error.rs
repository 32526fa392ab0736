// breaks 8: a text that cannot be encoded is a panic in a request without a limit

impl Service {
    // ANCHOR: encode
    /// One row for each text, in their order.
    ///
    /// Requests on several threads are encoded at once, and none of them loads or copies a tokenizer.
    ///
    /// # Errors
    /// [`EncodeError::LimitTooSmall`] if not even an empty text fits into `max_tokens`.
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        if options.max_tokens.is_none() {
            for text in texts {
                self.tokenizer
                    .encode(*text, false)
                    .expect("texts are encoded");
            }
        }
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for row in &mut rows {
                row.ids.resize(longest, self.padding.pad_id);
                row.mask.resize(longest, 0);
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
