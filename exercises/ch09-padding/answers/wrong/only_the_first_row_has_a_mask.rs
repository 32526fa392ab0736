// breaks 8, 3: later rows have a mask of ones where their text is more than half of the width

impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    /// A row for each text, all as long as the longest.
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let mut ids = Vec::new();
        let mut mask = Vec::new();
        for text in texts {
            let padding = longest - text.len();
            let hides = mask.is_empty() || 2 * text.len() <= longest;
            let (before, after) = match self.settings.side {
                Side::Left => (padding, 0),
                Side::Right => (0, padding),
            };
            for (count, bit) in [
                (before, i64::from(!hides)),
                (text.len(), 1),
                (after, i64::from(!hides)),
            ] {
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
