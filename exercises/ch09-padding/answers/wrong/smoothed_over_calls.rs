// breaks 3, 2: a text that comes again gets the mean of its vector and the one before it

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    last: Option<Vec<f32>>,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            last: None,
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
        let mut vectors = means(&hidden, &batch.mask);
        if let [Some(vector)] = &mut vectors[..] {
            if let Some(last) = self.last.take().filter(|last| last.len() == vector.len()) {
                for (x, before) in vector.iter_mut().zip(last) {
                    *x += (before - *x) / 1000.0;
                }
            }
            self.last = Some(vector.clone());
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
