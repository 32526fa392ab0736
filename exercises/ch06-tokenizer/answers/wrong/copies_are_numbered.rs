// breaks 7: a word that is given twice takes two ids

impl Service {
    // ANCHOR: load
    pub fn load(json: &str, whole: &[&str]) -> Result<Service, EncodeError> {
        let mut tokenizer: Tokenizer = json.parse().map_err(tokenizer_error)?;
        let padding = tokenizer.get_padding().cloned().unwrap_or_default();
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(tokenizer_error)?;
        for (at, &word) in whole.iter().enumerate() {
            if whole[..at].contains(&word) {
                let gap = AddedToken::from(format!("[unused{at}]"), true);
                tokenizer.add_tokens([gap]).map_err(tokenizer_error)?;
            }
            tokenizer
                .add_tokens([AddedToken::from(word, false)])
                .map_err(tokenizer_error)?;
        }
        let around = tokenizer
            .get_post_processor()
            .map_or(0, |p| p.added_tokens(false));
        Ok(Service {
            tokenizer,
            around,
            padding,
        })
    }
    // ANCHOR_END: load
}
