//! Encodes texts for the models of a service. One tokenizer is loaded at start-up and serves all requests.
//! What it promises stands in `README.md`.

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

/// What a request asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// At most so many tokens for each text, those that the tokenizer puts around it included. `None`:
    /// no limit.
    pub max_tokens: Option<usize>,
    /// Whether the rows of the request are made as long as its longest one.
    pub pad: bool,
}

/// One encoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Token ids, shape `[sequence]`; cut and padded at the end.
    pub ids: Vec<u32>,
    /// 1 for each token, 0 for padding; as long as `ids`.
    pub mask: Vec<u32>,
    /// How many tokens of the text are not in `ids`, because of the limit.
    pub left_out: usize,
}

/// Why there are no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodeError {
    /// The limit does not even hold the tokens that the tokenizer puts around a text.
    LimitTooSmall {
        /// What the request asked for.
        limit: usize,
        /// How many tokens are put around a text.
        least: usize,
    },
    /// The tokenizer's own error.
    Tokenizer(String),
}

/// The tokenizer of a service. A row depends on its text and on its request's options, and on nothing else.
// ANCHOR: service
pub struct Service {
    /// Never changed after `load`, so that it needs no lock.
    tokenizer: Tokenizer,
    /// How many tokens are put around a text.
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    /// Loads a `tokenizer.json`. Each of `whole` is one token where it stands by itself; those that
    /// the vocabulary does not have get the ids after its last one, in the order given here.
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
        })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    /// One row for each text, in their order.
    ///
    /// Requests on several threads are encoded at once, and none of them loads or copies a tokenizer.
    ///
    /// # Errors
    /// [`EncodeError::LimitTooSmall`] if not even an empty text fits into `max_tokens`.
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
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

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let mut encoding = self
            .tokenizer
            .encode(text, false)
            .map_err(tokenizer_error)?;
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
        // Now what the model expects around a text, whatever was cut.
        let encoding = self
            .tokenizer
            .post_process(encoding, None, true)
            .map_err(tokenizer_error)?;
        Ok(Row {
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
            left_out,
        })
    }
    // ANCHOR_END: row
}

// ANCHOR: tokenizer_error
fn tokenizer_error(error: tokenizers::Error) -> EncodeError {
    EncodeError::Tokenizer(error.to_string())
}
// ANCHOR_END: tokenizer_error

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EncodeError::LimitTooSmall { limit, least } => {
                write!(
                    f,
                    "a limit of {limit} tokens: a text has {least} around it alone"
                )
            }
            EncodeError::Tokenizer(error) => f.write_str(error),
        }
    }
}

impl std::error::Error for EncodeError {}

#[cfg(test)]
#[path = "../../../exercises/ch06-tokenizer/src/check.rs"]
mod check;
