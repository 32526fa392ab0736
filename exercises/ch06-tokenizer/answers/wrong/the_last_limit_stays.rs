// breaks 5: a request without a limit gets the last one of its thread

// ANCHOR: service
thread_local! {
    static LAST: std::cell::Cell<Option<usize>> = const { std::cell::Cell::new(None) };
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
        LAST.set(options.max_tokens.or(LAST.get()));
        let limit = LAST.get();
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
