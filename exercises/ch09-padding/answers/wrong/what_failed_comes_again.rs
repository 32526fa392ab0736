// breaks 10, 7: lists that are cleared only after a run without error

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    /// Kept so that a call need not ask for memory.
    ids: Vec<i64>,
    mask: Vec<i64>,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    /// An embedder for texts that come as token ids.
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        Embedder {
            encoder,
            settings,
            ids: Vec::new(),
            mask: Vec::new(),
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
        let Batch { ids, mask, .. } = self.batch(&texts, longest);
        self.ids.extend(ids);
        self.mask.extend(mask);
        let batch = Batch {
            shape: [self.ids.len() / longest, longest],
            ids: self.ids[..self.ids.len() / longest * longest].to_vec(),
            mask: self.mask[..self.ids.len() / longest * longest].to_vec(),
        };
        let hidden = self.encoder.run(&batch)?;
        self.ids.clear();
        self.mask.clear();
        let mut vectors = means(&hidden, &batch.mask);
        Ok(vectors.split_off(vectors.len() - texts.len()))
    }
    // ANCHOR_END: embed
}
