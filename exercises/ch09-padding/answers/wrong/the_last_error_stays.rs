// breaks 10: an error is given again at the next call

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    error: Option<EncoderError>,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            error: None,
        }
    }
    // ANCHOR_END: new

    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    ///
    /// # Errors
    /// The encoder's own.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        // Cut first: what is cut off is in no length, no mask and no mean.
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let batch = self.batch(&texts, longest);
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let hidden = self
            .encoder
            .run(&batch)
            .inspect_err(|error| self.error = Some(error.clone()))?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
