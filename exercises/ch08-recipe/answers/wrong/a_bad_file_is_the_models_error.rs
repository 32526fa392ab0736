// breaks 11: a file that is no tokenizer is an error of the model

// ANCHOR: embedder
/// Makes vectors of texts.
pub struct Embedder {
    tokenizer: Tokenizer,
    model: Box<dyn Model>,
    recipe: Recipe,
    cache: Cache,
}

impl Embedder {
    /// Loads a `tokenizer.json`; `model` has the weights that `recipe` names.
    pub fn load(
        tokenizer: &str,
        model: Box<dyn Model>,
        recipe: Recipe,
        cache: Cache,
    ) -> Result<Embedder, Error> {
        Ok(Embedder {
            tokenizer: tokenizer
                .parse()
                .map_err(|error: tokenizers::Error| Error::Model(error.to_string()))?,
            model,
            recipe,
            cache,
        })
    }
    // ANCHOR_END: embedder
}
