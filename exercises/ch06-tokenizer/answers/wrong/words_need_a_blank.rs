// breaks 7: whole words are looked up between blanks

// ANCHOR: uses
use std::collections::HashMap;
use std::fmt;

use tokenizers::{Encoding, PaddingParams, PostProcessor, Token, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    tokenizer: Tokenizer,
    whole: HashMap<String, u32>,
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let mut ids = HashMap::new();
        let mut next = tokenizer.get_vocab_size(true) as u32;
        for word in whole {
            let id = tokenizer.token_to_id(word);
            if id.is_none() && !ids.contains_key(*word) {
                ids.insert(word.to_string(), next);
                next += 1;
            } else if let Some(id) = id {
                ids.insert(word.to_string(), id);
            }
        }
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        Ok(Service {
            tokenizer,
            whole: ids,
            around,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        let mut tokens = Vec::new();
        let mut rest = String::new();
        let flush = |rest: &mut String, tokens: &mut Vec<Token>| -> Result<(), EncodeError> {
            let encoding = self
                .tokenizer
                .encode(std::mem::take(rest), false)
                .map_err(tokenizer_error)?;
            tokens.extend(
                encoding
                    .get_ids()
                    .iter()
                    .map(|&id| Token::new(id, String::new(), (0, 0))),
            );
            Ok(())
        };
        for word in text.split(' ') {
            if let Some(&id) = self.whole.get(word) {
                flush(&mut rest, &mut tokens)?;
                tokens.push(Token::new(id, word.to_owned(), (0, 0)));
            } else {
                rest.push(' ');
                rest.push_str(word);
            }
        }
        flush(&mut rest, &mut tokens)?;
        let mut encoding = Encoding::from_tokens(tokens, 0);
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
