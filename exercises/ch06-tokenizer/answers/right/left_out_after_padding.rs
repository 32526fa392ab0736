// keeps all: counts what is left out when the row is padded already, which is the same: a row that is cut is a longest one

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        let all: Vec<usize> = rows
            .iter()
            .map(|row| row.ids.len() + row.left_out)
            .collect();
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for row in &mut rows {
                row.ids.resize(longest, self.padding.pad_id);
                row.mask.resize(longest, 0);
            }
        }
        for (row, all) in rows.iter_mut().zip(all) {
            row.left_out = all.saturating_sub(row.ids.len());
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
