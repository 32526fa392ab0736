// breaks 8: padding has the id 0

impl<E: Encoder> Embedder<E> {
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
            ids.resize(ids.len() + before, 0);
            ids.extend_from_slice(text);
            ids.resize(ids.len() + after, 0);
        }
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}
