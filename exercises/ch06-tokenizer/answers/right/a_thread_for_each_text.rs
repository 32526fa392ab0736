// keeps all: gives each text a thread with a name

// ANCHOR: uses
use std::fmt;
use std::thread;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let mut rows: Vec<Row> = thread::scope(|scope| {
            let work = |text: &&str| self.row(text, options.max_tokens);
            let threads: Vec<_> = texts
                .iter()
                .map(|text| {
                    thread::Builder::new()
                        .name("encode".to_owned())
                        .spawn_scoped(scope, move || work(text))
                        .expect("the system has room for a thread")
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("encoding does not panic"))
                .collect::<Result<_, _>>()
        })?;
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
