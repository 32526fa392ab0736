// breaks 6, 10: after an error each text goes alone

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    careful: bool,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            careful: false,
        }
    }
    // ANCHOR_END: new

    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let size = if self.careful { 1 } else { texts.len().max(1) };
        let mut vectors = Vec::new();
        for texts in texts.chunks(size) {
            let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
            if longest == 0 {
                vectors.resize(vectors.len() + texts.len(), None);
                continue;
            }
            let batch = self.batch(texts, longest);
            let hidden = self
                .encoder
                .run(&batch)
                .inspect_err(|_| self.careful = true)?;
            vectors.extend(means(&hidden, &batch.mask));
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
