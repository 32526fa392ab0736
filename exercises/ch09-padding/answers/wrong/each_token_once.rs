// breaks 2: a token that stands twice in a text counts once

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    ///
    /// # Errors
    /// The encoder's own.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        // Cut first: what is cut off is in no length, no mask and no mean.
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.ids, &batch.mask))
    }
    // ANCHOR_END: embed
}

// ANCHOR: means
fn means(hidden: &Hidden, ids: &[i64], mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    (0..rows)
        .map(|row| {
            let tokens: std::collections::BTreeMap<i64, usize> = (row * seq..(row + 1) * seq)
                .filter(|&place| mask[place] == 1)
                .map(|place| (ids[place], place))
                .collect();
            let column = |d| {
                let sum: f32 = tokens
                    .values()
                    .map(|place| hidden.values[place * dim + d])
                    .sum();
                sum / tokens.len() as f32
            };
            (!tokens.is_empty()).then(|| (0..dim).map(column).collect())
        })
        .collect()
}
// ANCHOR_END: means
