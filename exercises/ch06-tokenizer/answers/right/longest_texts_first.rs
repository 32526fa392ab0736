// keeps all: encodes the longest texts first, and puts the rows back into their order

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(texts[at].len()));
        let mut rows: Vec<Option<Row>> = vec![None; texts.len()];
        for at in order {
            rows[at] = Some(self.row(texts[at], options.max_tokens)?);
        }
        let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
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
