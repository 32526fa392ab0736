//! Encodes texts for the models of a service. One tokenizer is loaded at start-up and serves all requests.

use std::fmt;
use std::sync::Mutex;

use tokenizers::{AddedToken, Encoding, PaddingParams, PostProcessor, Tokenizer, TruncationParams};

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
pub struct Service {
    tokenizer: Mutex<Tokenizer>,
    /// How many tokens are put around a text.
    around: usize,
}

impl Service {
    /// Loads a `tokenizer.json`. Each of `whole` is one token, wherever it stands in a text; those that
    /// the vocabulary does not have get the ids after its last one, in the order given here.
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(said)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(said)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |processor| processor.added_tokens(false));
        Ok(Service {
            tokenizer: Mutex::new(tokenizer),
            around,
        })
    }

    /// One row for each text, in their order.
    ///
    /// Requests on several threads are encoded at once, and none of them loads or copies a tokenizer.
    ///
    /// # Errors
    /// [`EncodeError::LimitTooSmall`] if not even an empty text fits into `max_tokens`.
    // ANCHOR: wrong
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        checked(options, self.around)?;
        // One request at a time: nobody can change the settings of another one.
        let mut tokenizer = self.tokenizer.lock().unwrap();
        configure(&mut tokenizer, Options::default())?;
        let whole = tokenizer
            .encode_batch(texts.to_vec(), false)
            .map_err(said)?;
        configure(&mut tokenizer, options)?;
        let cut = tokenizer.encode_batch(texts.to_vec(), true).map_err(said)?;
        Ok(rows(&whole, &cut, self.around))
    }
    // ANCHOR_END: wrong
}

fn configure(tokenizer: &mut Tokenizer, options: Options) -> Result<(), EncodeError> {
    let limit = options.max_tokens.map(|max_length| TruncationParams {
        max_length,
        ..TruncationParams::default()
    });
    tokenizer.with_truncation(limit).map_err(said)?;
    tokenizer.with_padding(options.pad.then(PaddingParams::default));
    Ok(())
}

/// The tokenizer would panic on a limit that does not hold what stands around a text.
fn checked(options: Options, least: usize) -> Result<(), EncodeError> {
    match options.max_tokens {
        Some(limit) if limit < least => Err(EncodeError::LimitTooSmall { limit, least }),
        _ => Ok(()),
    }
}

/// The rows of `cut`, of texts that are encoded in `whole` alone.
fn rows(whole: &[Encoding], cut: &[Encoding], around: usize) -> Vec<Row> {
    let row = |(whole, cut): (&Encoding, &Encoding)| {
        let mask = cut.get_attention_mask().to_vec();
        let kept = mask.iter().sum::<u32>() as usize - around;
        Row {
            ids: cut.get_ids().to_vec(),
            mask,
            left_out: whole.len() - kept,
        }
    };
    whole.iter().zip(cut).map(row).collect()
}

fn said(error: tokenizers::Error) -> EncodeError {
    EncodeError::Tokenizer(error.to_string())
}

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
