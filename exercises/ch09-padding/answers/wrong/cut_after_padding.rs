// breaks 5, 2, 3, 7, 8, 4: pads first and cuts then, which on the left cuts what the text is

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        if longest.min(self.settings.max_tokens) == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let texts: Vec<&[i64]> = texts.iter().map(Vec::as_slice).collect();
        let mut batch = self.batch(&texts, longest);
        let seq = longest.min(self.settings.max_tokens);
        let cut = |values: &[i64]| {
            values
                .chunks_exact(longest)
                .flat_map(|row| row[..seq].to_vec())
                .collect()
        };
        batch = Batch {
            shape: [texts.len(), seq],
            ids: cut(&batch.ids),
            mask: cut(&batch.mask),
        };
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
