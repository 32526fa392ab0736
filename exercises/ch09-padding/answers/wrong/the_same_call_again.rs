// breaks 6: a call like the one before gets its answer without a run

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    last: (Vec<Vec<i64>>, Vec<Embedding>),
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            last: Default::default(),
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
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        if texts == self.last.0 {
            return Ok(self.last.1.clone());
        }
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        let vectors = means(&hidden, &batch.mask);
        self.last = (
            texts.iter().map(|text| text.to_vec()).collect(),
            vectors.clone(),
        );
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
