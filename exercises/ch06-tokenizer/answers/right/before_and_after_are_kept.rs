// keeps all: learns at load what stands before and after a text, and puts it there itself

// ANCHOR: uses
use std::fmt;

use tokenizers::{AddedToken, Encoding, PaddingParams, Token, Tokenizer};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    before: Box<[u32]>,
    after: Box<[u32]>,
    pad_id: u32,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer = json.parse::<Tokenizer>().map_err(tokenizer_error)?;
        let pad_id = tokenizer
            .get_padding()
            .map_or_else(|| PaddingParams::default().pad_id, |padding| padding.pad_id);
        tokenizer
            .with_padding(None)
            .with_truncation(None)
            .map_err(tokenizer_error)?;
        for word in whole {
            tokenizer
                .add_tokens([AddedToken::from(*word, false)])
                .map_err(tokenizer_error)?;
        }
        // A token that is none: what stands around it?
        let probe = Encoding::from_tokens(vec![Token::new(u32::MAX, String::new(), (0, 0))], 0);
        let probe = tokenizer
            .post_process(probe, None, true)
            .map_err(tokenizer_error)?;
        let mut sides = probe.get_ids().split(|&id| id == u32::MAX).map(Box::from);
        Ok(Service {
            before: sides.next().unwrap_or_default(),
            after: sides.next().unwrap_or_default(),
            pad_id,
            tokenizer,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    pub fn encode(
        &self,
        texts: &[&str],
        Options { max_tokens, pad }: Options,
    ) -> Result<Vec<Row>, EncodeError> {
        let least = self.before.len() + self.after.len();
        let room = match max_tokens {
            None => usize::MAX,
            Some(limit) if limit < least => {
                return Err(EncodeError::LimitTooSmall { limit, least });
            }
            Some(limit) => limit - least,
        };
        let encodings: Vec<Encoding> = texts
            .iter()
            .map(|&text| self.tokenizer.encode_char_offsets(text, false))
            .collect::<Result<_, _>>()
            .map_err(tokenizer_error)?;
        let width = encodings
            .iter()
            .map(|encoding| encoding.len().min(room) + least)
            .max();
        let row = |encoding: &Encoding| {
            let kept = &encoding.get_ids()[..encoding.len().min(room)];
            let mut ids = [&self.before, kept, &self.after].concat();
            let mut mask = vec![1; ids.len()];
            if pad {
                ids.resize(width.unwrap_or_default(), self.pad_id);
                mask.resize(ids.len(), 0);
            }
            Row {
                ids,
                mask,
                left_out: encoding.len() - kept.len(),
            }
        };
        Ok(encodings.iter().map(row).collect())
    }
    // ANCHOR_END: encode

    // ANCHOR: row

    // ANCHOR_END: row
}
