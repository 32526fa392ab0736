// breaks 9: the same text is encoded by one request at a time

// ANCHOR: uses
use std::fmt;
use std::sync::{Condvar, Mutex};

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
static BUSY: Mutex<Vec<String>> = Mutex::new(Vec::new());
static DONE: Condvar = Condvar::new();

struct Turn(Vec<String>);

impl Turn {
    fn take(texts: &[&str]) -> Turn {
        let texts: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
        let busy = BUSY.lock().unwrap();
        let mut busy = DONE
            .wait_while(busy, |busy| texts.iter().any(|text| busy.contains(text)))
            .unwrap();
        busy.extend(texts.iter().cloned());
        Turn(texts)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        BUSY.lock().unwrap().retain(|text| !self.0.contains(text));
        DONE.notify_all();
    }
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
        let _turn = Turn::take(texts);
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
