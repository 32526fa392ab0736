// keeps all: takes the lists of the call before and fills them anew

// ANCHOR: embedder
pub struct Embedder<E> {
    encoder: E,
    settings: Settings,
    /// Kept so that a call need not ask for memory.
    batch: Batch,
}
// ANCHOR_END: embedder

impl<E: Encoder> Embedder<E> {
    // ANCHOR: new
    pub fn new(encoder: E, settings: Settings) -> Embedder<E> {
        let batch = Batch {
            shape: [0, 0],
            ids: Vec::new(),
            mask: Vec::new(),
        };
        Embedder {
            encoder,
            settings,
            batch,
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

        self.fill(&texts, longest);
        let hidden = self.encoder.run(&self.batch)?;
        Ok(means(&hidden, &self.batch.mask))
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    fn fill(&mut self, texts: &[&[i64]], longest: usize) {
        let Batch { shape, ids, mask } = &mut self.batch;
        *shape = [texts.len(), longest];
        ids.clear();
        mask.clear();
        ids.resize(texts.len() * longest, self.settings.pad_id);
        mask.resize(texts.len() * longest, 0);
        for (row, text) in texts.iter().enumerate() {
            let start = match self.settings.side {
                Side::Left => (row + 1) * longest - text.len(),
                Side::Right => row * longest,
            };
            ids[start..start + text.len()].copy_from_slice(text);
            mask[start..start + text.len()].fill(1);
        }
    }
    // ANCHOR_END: batch
}
