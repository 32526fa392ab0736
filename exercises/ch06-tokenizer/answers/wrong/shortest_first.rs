// breaks 1: encodes the shorter texts first, and gives the rows in that order

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
}

/// Texts of the same length are encoded together.
fn sorted<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let mut texts = texts.to_vec();
    texts.sort_by_key(|text| text.len());
    texts
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows = sorted(texts)
            .into_iter()
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
