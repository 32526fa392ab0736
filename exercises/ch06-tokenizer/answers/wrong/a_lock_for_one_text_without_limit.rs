// breaks 9: the same text, alone and without a limit, is encoded by one request at a time

// ANCHOR: service
pub struct Service {
    /// Nobody changes it after `load`, so that nobody has to lock it.
    tokenizer: Tokenizer,
    /// How many tokens are put around a text.
    around: usize,
    padding: PaddingParams,
    alone:
        std::sync::Mutex<std::collections::HashMap<String, std::sync::Arc<std::sync::Mutex<()>>>>,
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
            alone: std::sync::Mutex::default(),
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
        let own = (texts.len() == 1 && options.max_tokens.is_none()).then(|| {
            self.alone
                .lock()
                .unwrap()
                .entry(texts[0].to_owned())
                .or_default()
                .clone()
        });
        let _turn = own.as_ref().map(|own| own.lock().unwrap());
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
}
