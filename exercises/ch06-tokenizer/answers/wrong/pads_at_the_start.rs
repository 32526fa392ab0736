// breaks 3: pads at the start

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for row in &mut rows {
                for _ in row.ids.len()..longest {
                    row.ids.insert(0, self.padding.pad_id);
                    row.mask.insert(0, 0);
                }
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
