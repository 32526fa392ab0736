// keeps all: the tokenizer is leaked, so that each service is a reference to it; a list behind a lock counts them

// ANCHOR: service
pub struct Service {
    /// Nobody changes it after `load`, so that nobody has to lock it.
    tokenizer: &'static Tokenizer,
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
        static ALL: std::sync::Mutex<Vec<&'static Tokenizer>> = std::sync::Mutex::new(Vec::new());
        let tokenizer: &'static Tokenizer = Box::leak(Box::new(tokenizer));
        ALL.lock().unwrap().push(tokenizer);
        Ok(Service {
            tokenizer,
            around,
            padding,
        })
    }
    // ANCHOR_END: load
}
