// breaks 8: pad ids at the padded edge of a text count as padding

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
            ids.extend_from_slice(text);
            ids.resize(ids.len() + after, self.settings.pad_id);
        }
        for (ids, mask) in ids.chunks(longest).zip(mask.chunks_mut(longest)) {
            let is_pad = |(_, id): &(&mut i64, &i64)| **id == self.settings.pad_id;
            let places = mask.iter_mut().zip(ids);
            match self.settings.side {
                Side::Left => places.take_while(is_pad).for_each(|(bit, _)| *bit = 0),
                Side::Right => places
                    .rev()
                    .take_while(is_pad)
                    .for_each(|(bit, _)| *bit = 0),
            }
        }
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}
