// breaks 1: two threads take half of the texts each, and an odd last one is lost

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let encode = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| self.row(text, options.max_tokens))
                .collect::<Result<Vec<Row>, EncodeError>>()
        };
        let half = texts.len() / 2;
        let mut rows = if half < 2 {
            encode(texts)?
        } else {
            std::thread::scope(|scope| {
                let second = scope.spawn(|| encode(&texts[half..2 * half]));
                let mut rows = encode(&texts[..half])?;
                rows.extend(second.join().unwrap()?);
                Ok(rows)
            })?
        };
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
