// breaks 9: waits for its turn, and goes on without it after 50 ms

// ANCHOR: uses
use std::fmt;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    /// Nobody changes it after `load`, so that nobody has to lock it.
    tokenizer: Tokenizer,
    /// How many tokens are put around a text.
    around: usize,
    padding: PaddingParams,
    busy: Mutex<bool>,
    free: Condvar,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        // A file may have settings of its own baked in.
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |processor| processor.added_tokens(false));
        Ok(Service {
            tokenizer,
            around,
            padding,
            busy: Mutex::new(false),
            free: Condvar::new(),
        })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let moment = Duration::from_millis(50);
        let busy = self.busy.lock().unwrap();
        let waited = self.free.wait_timeout_while(busy, moment, |busy| *busy);
        *waited.unwrap().0 = true;
        let rows = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>();
        *self.busy.lock().unwrap() = false;
        self.free.notify_all();
        let mut rows = rows?;
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
