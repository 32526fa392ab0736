// breaks 8: the file is read by the first request

// ANCHOR: uses
use std::fmt;
use std::sync::OnceLock;

use tokenizers::{AddedToken, PaddingParams, PostProcessor, Tokenizer, TruncationDirection};
// ANCHOR_END: uses

// ANCHOR: service
pub struct Service {
    json: String,
    whole: Vec<String>,
    ready: OnceLock<Result<Ready, EncodeError>>,
}

struct Ready {
    tokenizer: Tokenizer,
    around: usize,
    padding: PaddingParams,
}
// ANCHOR_END: service

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        Ok(Service {
            json: json.to_owned(),
            whole: whole.iter().map(|word| word.to_string()).collect(),
            ready: OnceLock::new(),
        })
    }

    fn ready(&self) -> Result<&Ready, EncodeError> {
        self.ready
            .get_or_init(|| self.read())
            .as_ref()
            .map_err(Clone::clone)
    }

    fn read(&self) -> Result<Ready, EncodeError> {
        let mut tokenizer: Tokenizer = self.json.parse().map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        let tokens = self
            .whole
            .iter()
            .map(|word| AddedToken::from(word.as_str(), false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        Ok(Ready {
            tokenizer,
            around,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let ready = self.ready()?;
        let mut rows = texts
            .iter()
            .map(|text| ready.row(text, options.max_tokens))
            .collect::<Result<Vec<Row>, EncodeError>>()?;
        if options.pad {
            let longest = rows.iter().map(|row| row.ids.len()).max().unwrap_or(0);
            for row in &mut rows {
                row.ids.resize(longest, ready.padding.pad_id);
                row.mask.resize(longest, 0);
            }
        }
        Ok(rows)
    }
}

impl Ready {
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
