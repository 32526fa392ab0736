// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, Encoding, PaddingParams, PostProcessor, Tokenizer, TruncationParams};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    /// How many tokens are put around a text.
    around: usize,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    /// Loads a `tokenizer.json`; see [`Service`].
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        Self::configure(&mut tokenizer, Options::default())?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |processor| processor.added_tokens(false));
        Ok(Service { tokenizer, around })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    /// One row for each text, in their order.
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        self.check(options)?;
        // A request may do as it likes with a tokenizer of its own.
        let mut tokenizer = self.tokenizer.clone();
        let whole = tokenizer
            .encode_batch(texts.to_vec(), false)
            .map_err(tokenizer_error)?;
        Self::configure(&mut tokenizer, options)?;
        let cut = tokenizer
            .encode_batch(texts.to_vec(), true)
            .map_err(tokenizer_error)?;
        Ok(self.rows(&whole, &cut))
    }
    // ANCHOR_END: encode

    // ANCHOR: row
    fn configure(tokenizer: &mut Tokenizer, options: Options) -> Result<(), EncodeError> {
        let limit = options.max_tokens.map(|max_length| TruncationParams {
            max_length,
            ..TruncationParams::default()
        });
        tokenizer.with_truncation(limit).map_err(tokenizer_error)?;
        tokenizer.with_padding(options.pad.then(PaddingParams::default));
        Ok(())
    }

    /// The tokenizer would panic on a limit that does not hold what stands around a text.
    fn check(&self, Options { max_tokens, .. }: Options) -> Result<(), EncodeError> {
        let least = self.around;
        match max_tokens.filter(|&limit| limit < least) {
            Some(limit) => Err(EncodeError::LimitTooSmall { limit, least }),
            None => Ok(()),
        }
    }

    /// The rows of `cut`, of texts that are encoded in `whole` alone.
    fn rows(&self, whole: &[Encoding], cut: &[Encoding]) -> Vec<Row> {
        let row = |(whole, cut): (&Encoding, &Encoding)| {
            let mask = cut.get_attention_mask().to_vec();
            let kept = mask.iter().sum::<u32>() as usize - self.around;
            Row {
                ids: cut.get_ids().to_vec(),
                mask,
                left_out: whole.len() - kept,
            }
        };
        whole.iter().zip(cut).map(row).collect()
    }
    // ANCHOR_END: row
}
