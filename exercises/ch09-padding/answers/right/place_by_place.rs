// keeps all: asks for each place of the batch which token stands there

impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let at = |place: usize| {
            let (text, column) = (texts[place / longest], place % longest);
            let token = match self.settings.side {
                Side::Left => (column + text.len()).checked_sub(longest),
                Side::Right => Some(column),
            };
            token
                .and_then(|token| text.get(token))
                .map_or((self.settings.pad_id, 0), |&id| (id, 1))
        };
        let (ids, mask) = (0..texts.len() * longest).map(at).unzip();
        Batch {
            shape: [texts.len(), longest],
            ids,
            mask,
        }
    }
    // ANCHOR_END: batch
}
