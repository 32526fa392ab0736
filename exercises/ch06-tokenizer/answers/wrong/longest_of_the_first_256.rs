// breaks 3: pads to the longest row of its first 256

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            let longest = rows
                .iter()
                .take(256)
                .map(|row| row.ids.len())
                .max()
                .unwrap_or(0);
            for row in &mut rows {
                let longest = longest.max(row.ids.len());
                row.ids.resize(longest, self.padding.pad_id);
                row.mask.resize(longest, 0);
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
