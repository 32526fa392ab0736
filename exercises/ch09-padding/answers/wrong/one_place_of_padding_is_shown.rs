// breaks 8, 3, 2: where there is much padding the mask ends one place too late

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
            let late = usize::from(after > 16);
            for (count, bit) in [(before, 0), (text.len() + late, 1), (after - late, 0)] {
                mask.resize(mask.len() + count, bit);
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
