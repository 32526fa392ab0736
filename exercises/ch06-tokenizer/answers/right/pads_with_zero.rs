// keeps all: pads with 0, whatever the file says

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        Ok(Service { tokenizer, around })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for row in &mut rows {
                row.ids.resize(longest, 0);
                row.mask.resize(longest, 0);
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
