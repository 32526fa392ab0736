// breaks 8, 2, 3: sorts the tokens of a long text, as if their order said nothing

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
            ids.resize(ids.len() + before, self.settings.pad_id);
            let start = ids.len();
            ids.extend_from_slice(text);
            if text.len() > 24 {
                ids[start..].sort_unstable();
            }
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
