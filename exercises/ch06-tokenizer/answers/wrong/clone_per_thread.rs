// breaks 10: a thread's first request copies the tokenizer

// ANCHOR: service
thread_local! {
    /// A copy for each thread.
    static MINE: std::cell::RefCell<Option<(usize, Tokenizer)>> = const { std::cell::RefCell::new(None) };
}
static SERVICES: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

pub struct Service {
    number: usize,
    tokenizer: Tokenizer,
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
        let tokens = whole.iter().map(|&word| AddedToken::from(word, false));
        tokenizer.add_tokens(tokens).map_err(tokenizer_error)?;
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        let number = SERVICES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(Service {
            number,
            tokenizer,
            around,
            padding,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: row
    fn row(&self, text: &str, max_tokens: Option<usize>) -> Result<Row, EncodeError> {
        MINE.with_borrow_mut(|mine| {
            if mine.as_ref().is_none_or(|(of, _)| *of != self.number) {
                *mine = Some((self.number, self.tokenizer.clone()));
            }
            self.row_of(&mine.as_ref().unwrap().1, text, max_tokens)
        })
    }

    fn row_of(
        &self,
        tokenizer: &Tokenizer,
        text: &str,
        max_tokens: Option<usize>,
    ) -> Result<Row, EncodeError> {
        let mut encoding = tokenizer.encode(text, false).map_err(tokenizer_error)?;
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
        let encoding = tokenizer
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
