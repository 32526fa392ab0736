impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let batch = self.batch(texts);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden))
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    /// A row for each text, all of one length in every call.
    fn batch(&self, texts: &[Vec<i64>]) -> Batch {
        let seq = self.settings.max_tokens;
        let mut ids = Vec::new();
        for text in texts {
            let text = &text[..text.len().min(seq)];
            let padding = vec![self.settings.pad_id; seq - text.len()];
            ids.extend(match self.settings.side {
                Side::Left => [&padding[..], text].concat(),
                Side::Right => [text, &padding[..]].concat(),
            });
        }
        Batch {
            shape: [texts.len(), seq],
            mask: vec![1; ids.len()],
            ids,
        }
    }
    // ANCHOR_END: batch
}

// ANCHOR: means
/// The mean of each row.
fn means(hidden: &Hidden) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |row: &[f32]| {
        let mut mean = vec![0.0; dim];
        for token in row.chunks_exact(dim) {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum += value / seq as f32;
            }
        }
        Some(mean)
    };
    hidden.values.chunks_exact(seq * dim).map(mean).collect()
}
// ANCHOR_END: means
