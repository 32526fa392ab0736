// breaks 3, 2: keeps vectors, and knows a text again by its first eight tokens and its length

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    kept: std::collections::HashMap<(usize, Vec<i64>), Vec<f32>>,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            kept: Default::default(),
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
        let hidden = self.encoder.run(&batch)?;
        let vectors = means(&hidden, &batch.mask);
        Ok(texts
            .iter()
            .zip(vectors)
            .map(|(text, vector)| {
                let key = (text.len(), text[..text.len().min(8)].to_vec());
                Some(self.kept.entry(key).or_insert(vector?).clone())
            })
            .collect())
    }
    // ANCHOR_END: embed
}
