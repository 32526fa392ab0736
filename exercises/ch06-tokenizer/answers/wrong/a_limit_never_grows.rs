// breaks 5: a thread keeps the smallest limit that it has seen

// ANCHOR: service
thread_local! {
    static SMALLEST: std::cell::Cell<usize> = const { std::cell::Cell::new(usize::MAX) };
}

pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        if let Some(limit) = options.max_tokens.filter(|&limit| limit >= self.around) {
            SMALLEST.set(SMALLEST.get().min(limit));
        }
        let limit = options.max_tokens.map(|limit| limit.min(SMALLEST.get()));
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, limit))
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
