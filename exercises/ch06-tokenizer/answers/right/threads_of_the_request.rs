// keeps all: shares the texts of a request out to threads of its own, one tokenizer for all

// ANCHOR: uses
use std::fmt;
use std::num::NonZero;
use std::thread;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let part = texts.len().div_ceil(cores).max(1);
        let rows: Result<Vec<Row>, EncodeError> = thread::scope(|scope| {
            let parts = texts.chunks(part).map(|part| {
                scope.spawn(move || {
                    part.iter()
                        .map(|text| self.row(text, options.max_tokens))
                        .collect::<Vec<_>>()
                })
            });
            let parts: Vec<_> = parts.collect();
            parts
                .into_iter()
                .flat_map(|part| part.join().expect("encoding does not panic"))
                .collect()
        });
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
