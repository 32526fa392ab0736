//! Encodes texts for the models of a service. One tokenizer is loaded at start-up and serves all requests.
//! What it promises stands in `README.md`.

// ANCHOR: uses
use std::fmt;
use std::sync::RwLock;

use tokenizers::{AddedToken, PaddingParams, Tokenizer, TruncationParams};
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
    tokenizer: RwLock<Tokenizer>,
    /// Words that are one token each.
    whole: Vec<String>,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    /// Loads a `tokenizer.json`. Each of `whole` is one token where it stands by itself; those that
    /// the vocabulary does not have get the ids after its last one, in the order given here.
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        Ok(Service {
            tokenizer: RwLock::new(tokenizer),
            whole: whole.iter().map(|&word| word.to_owned()).collect(),
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
        self.configure(texts, options)?;
        let tokenizer = self.tokenizer.read().unwrap();
        let encodings = tokenizer
            .encode_batch(texts.to_vec(), true)
            .map_err(tokenizer_error)?;
        let rows = encodings.iter().map(|encoding| Row {
            ids: encoding.get_ids().to_vec(),
            mask: encoding.get_attention_mask().to_vec(),
            left_out: encoding.get_overflowing().len(),
        });
        Ok(rows.collect())
    }

    fn configure(&self, texts: &[&str], options: Options) -> Result<(), EncodeError> {
        let mut tokenizer = self.tokenizer.write().unwrap();
        if let Some(max_length) = options.max_tokens {
            let limit = TruncationParams {
                max_length,
                ..TruncationParams::default()
            };
            tokenizer
                .with_truncation(Some(limit))
                .map_err(tokenizer_error)?;
        }
        if options.pad {
            tokenizer.with_padding(Some(PaddingParams::default()));
        }
        for word in &self.whole {
            // Only when it is needed: most texts have none of them.
            if texts.iter().any(|text| text.contains(word.as_str())) {
                let token = AddedToken::from(word.as_str(), false);
                tokenizer.add_tokens([token]).map_err(tokenizer_error)?;
            }
        }
        Ok(())
    }
    // ANCHOR_END: encode
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
mod check;
