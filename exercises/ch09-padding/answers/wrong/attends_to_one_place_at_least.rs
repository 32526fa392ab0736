// breaks 8: so that no row is masked whole, its first place is not

impl<E: Encoder> Embedder<E> {
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
        for (text, vector) in texts.iter().zip(&mut vectors) {
            if text.is_empty() {
                *vector = None;
            }
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    /// A row for each text, all as long as the longest.
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let mut ids = Vec::new();
        let mut mask = Vec::new();
        for text in texts {
            let padding = longest - text.len();
            let (before, after) = match self.settings.side {
                Side::Left => (padding, 0),
                Side::Right => (0, padding),
            };
            for (count, bit) in [(before, 0), (text.len(), 1), (after, 0)] {
                mask.resize(mask.len() + count, bit);
            }
            if text.is_empty() {
                let first = mask.len() - longest;
                mask[first] = 1;
            }
            ids.resize(ids.len() + before, self.settings.pad_id);
            ids.extend_from_slice(text);
            ids.resize(ids.len() + after, self.settings.pad_id);
        }
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}
