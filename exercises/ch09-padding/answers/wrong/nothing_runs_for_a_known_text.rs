// breaks 6: keeps vectors, and runs only for texts that are new

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    kept: std::collections::HashMap<Vec<i64>, Vec<f32>>,
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
        if texts
            .iter()
            .any(|text| !text.is_empty() && !self.kept.contains_key(*text))
        {
            let batch = self.batch(&texts, longest);
            let hidden = self.encoder.run(&batch)?;
            for (text, vector) in texts.iter().zip(means(&hidden, &batch.mask)) {
                if let Some(vector) = vector {
                    self.kept.insert(text.to_vec(), vector);
                }
            }
        }
        Ok(texts
            .iter()
            .map(|text| self.kept.get(*text).cloned())
            .collect())
    }
    // ANCHOR_END: embed
}
