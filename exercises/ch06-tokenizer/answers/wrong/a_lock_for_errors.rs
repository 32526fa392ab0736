// breaks 9: requests whose limit is too small wait for a lock that each request holds

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
static TURN: Mutex<()> = Mutex::new(());

pub struct Service {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        if options.max_tokens.is_some_and(|limit| limit < self.around) {
            drop(TURN.lock().unwrap());
        }
        let _turn = TURN.try_lock();
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
        Ok(rows)
    }
    // ANCHOR_END: encode
}
