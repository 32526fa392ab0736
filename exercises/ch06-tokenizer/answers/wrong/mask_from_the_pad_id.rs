// breaks 1: the mask is 0 where an id is that of padding, so a text that spells [PAD] has holes

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
                row.ids.resize(longest, self.padding.pad_id);
                row.mask.resize(longest, 0);
            }
        }
        for row in &mut rows {
            row.mask = row
                .ids
                .iter()
                .map(|&id| u32::from(id != self.padding.pad_id))
                .collect();
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
