// breaks 3: pads each 128 rows to their own longest

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            for part in rows.chunks_mut(128) {
                let longest = part.iter().map(|row| row.ids.len()).max().unwrap_or(0);
                for row in part {
                    row.ids.resize(longest, self.padding.pad_id);
                    row.mask.resize(longest, 0);
                }
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
