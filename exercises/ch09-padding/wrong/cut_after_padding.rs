impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let batch = self.batch(texts);
        if batch.ids.is_empty() {
            return Ok(vec![None; texts.len()]);
        }
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    /// A row for each text, all as long as the longest, and then cut.
    fn batch(&self, texts: &[Vec<i64>]) -> Batch {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let seq = longest.min(self.settings.max_tokens);
        let mut ids = Vec::new();
        let mut mask = Vec::new();
        for text in texts {
            let padding = longest - text.len();
            let mut row = text.clone();
            let mut bits = vec![1; text.len()];
            row.resize(longest, self.settings.pad_id);
            bits.resize(longest, 0);
            if self.settings.side == Side::Left {
                row.rotate_right(padding);
                bits.rotate_right(padding);
            }
            ids.extend_from_slice(&row[..seq]);
            mask.extend_from_slice(&bits[..seq]);
        }
        Batch {
            shape: [texts.len(), seq],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}
