// breaks 1, 5: services whose files are as long share what stands around a text

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
        static SEEN: std::sync::Mutex<Vec<(usize, tokenizers::PostProcessorWrapper)>> =
            std::sync::Mutex::new(Vec::new());
        let mut seen = SEEN.lock().unwrap();
        if let Some((_, known)) = seen.iter().find(|(length, _)| *length == json.len()) {
            tokenizer.with_post_processor(Some(known.clone()));
        } else if let Some(own) = tokenizer.get_post_processor() {
            seen.push((json.len(), own.clone()));
        }
        drop(seen);
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
}
