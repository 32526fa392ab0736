// breaks 10: each thread of a request copies the tokenizer

// ANCHOR: uses
use std::fmt;
use std::thread;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let cores = thread::available_parallelism().map_or(1, |n| n.get());
        let part = texts.len().div_ceil(cores).max(1);
        let rows: Result<Vec<Row>, EncodeError> = thread::scope(|scope| {
            let parts = texts.chunks(part).map(|part| {
                scope.spawn(move || {
                    let own = self.tokenizer.clone();
                    part.iter()
                        .map(|text| self.row(&own, text, options.max_tokens))
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

    // ANCHOR: row
    fn row(
        &self,
        own: &Tokenizer,
        text: &str,
        max_tokens: Option<usize>,
    ) -> Result<Row, EncodeError> {
        let mut encoding = own.encode(text, false).map_err(said)?;
        let all = encoding.len();
        if let Some(limit) = max_tokens {
            let room = limit
                .checked_sub(self.around)
                .ok_or(EncodeError::LimitTooSmall {
                    limit,
                    least: self.around,
                })?;
            encoding.truncate(room, 0, TruncationDirection::Right);
        }
        let left_out = all - encoding.len();
        let encoding = own.post_process(encoding, None, true).map_err(said)?;
        Ok(Row {
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
            left_out,
        })
    }
    // ANCHOR_END: row
}
