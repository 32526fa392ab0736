// keeps all: scoped threads take the next text by a counter

// ANCHOR: uses
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(text) = texts.get(at) else {
                    return done;
                };
                done.push((at, self.row(text, options.max_tokens)));
            }
        };
        let mut numbered: Vec<(usize, Result<Row, EncodeError>)> = thread::scope(|scope| {
            let threads = [(); 3].map(|()| scope.spawn(work));
            threads
                .into_iter()
                .flat_map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        numbered.sort_by_key(|(at, _)| *at);
        let mut rows = numbered
            .into_iter()
            .map(|(_, row)| row)
            .collect::<Result<Vec<Row>, _>>()?;
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
