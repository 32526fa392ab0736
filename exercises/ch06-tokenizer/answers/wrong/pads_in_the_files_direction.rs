// breaks 3, 5: pads in the file's direction and to the file's multiple

// ANCHOR: uses
use std::fmt;

use tokenizers::{
    AddedToken, PaddingDirection, PaddingParams, PostProcessor, Tokenizer, TruncationDirection,
};
// ANCHOR_END: uses

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
                let missing = longest - row.ids.len();
                let at = match self.padding.direction {
                    PaddingDirection::Left => 0,
                    PaddingDirection::Right => row.ids.len(),
                };
                row.ids.splice(at..at, vec![self.padding.pad_id; missing]);
                row.mask.splice(at..at, vec![0; missing]);
            }
        }
        Ok(rows)
    }
    // ANCHOR_END: encode
}
