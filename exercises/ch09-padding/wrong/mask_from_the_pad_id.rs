impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    /// A row for each text, all as long as the longest.
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let pad_id = self.settings.pad_id;
        let mut ids = Vec::new();
        for text in texts {
            let padding = vec![pad_id; longest - text.len()];
            ids.extend(match self.settings.side {
                Side::Left => [&padding[..], text].concat(),
                Side::Right => [text, &padding[..]].concat(),
            });
        }
        Batch {
            shape: [texts.len(), longest],
            mask: ids.iter().map(|&id| i64::from(id != pad_id)).collect(),
            ids,
        }
    }
    // ANCHOR_END: batch
}
