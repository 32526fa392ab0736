// keeps all: knows the lengths first and fills rows of the right length

impl Service {
    // ANCHOR: encode
    pub fn encode(&self, texts: &[&str], options: Options) -> Result<Vec<Row>, EncodeError> {
        let bare = texts
            .iter()
            .map(|text| self.row(text, options.max_tokens))
            .collect::<Result<Vec<_>, _>>()?;
        let width = |row: &Row| {
            if options.pad {
                bare.iter().map(|row| row.ids.len()).fold(0, usize::max)
            } else {
                row.ids.len()
            }
        };
        Ok(bare
            .iter()
            .map(|row| {
                let at = |place: usize| {
                    row.ids
                        .get(place)
                        .map_or((self.padding.pad_id, 0), |&id| (id, 1))
                };
                let (ids, mask) = (0..width(row)).map(at).unzip();
                Row {
                    ids,
                    mask,
                    left_out: row.left_out,
                }
            })
            .collect())
    }
    // ANCHOR_END: encode
}
