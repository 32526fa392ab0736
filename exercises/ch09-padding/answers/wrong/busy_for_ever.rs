// breaks 10: a mark that a run is under way stays after an error

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    busy: bool,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            busy: false,
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
        if std::mem::replace(&mut self.busy, true) {
            return Err(EncoderError("busy".to_owned()));
        }
        let hidden = self.encoder.run(&batch)?;
        self.busy = false;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
