// keeps all: a place is a token or nothing; ids and mask are read from it

impl<E: Encoder> Embedder<E> {
    // ANCHOR: batch
    fn batch(&self, texts: &[&[i64]], longest: usize) -> Batch {
        let places: Vec<Option<i64>> = texts
            .iter()
            .flat_map(|text| {
                let mut row: Vec<Option<i64>> = text.iter().copied().map(Some).collect();
                let end = match self.settings.side {
                    Side::Left => 0,
                    Side::Right => row.len(),
                };
                row.splice(end..end, vec![None; longest - text.len()]);
                row
            })
            .collect();
        Batch {
            shape: [texts.len(), longest],
            ids: places
                .iter()
                .map(|place| place.unwrap_or(self.settings.pad_id))
                .collect(),
            mask: places.iter().map(|place| place.is_some().into()).collect(),
        }
    }
    // ANCHOR_END: batch
}
