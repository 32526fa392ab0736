impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    /// The vector of each text, in the order of the texts.
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let (batch, tokens) = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &tokens))
    }
    // ANCHOR_END: embed

    // ANCHOR: batch
    /// A row for each text, all as long as the longest.
    fn batch(&self, texts: &[&[i64]], longest: usize) -> (Batch, Vec<i64>) {
        let mut ids = Vec::new();
        let mut tokens = Vec::new();
        for text in texts {
            let padding = vec![self.settings.pad_id; longest - text.len()];
            let (one, none) = (vec![1; text.len()], vec![0; padding.len()]);
            let (row, bits) = match self.settings.side {
                Side::Left => ([&padding[..], text].concat(), [none, one].concat()),
                Side::Right => ([text, &padding[..]].concat(), [one, none].concat()),
            };
            ids.extend(row);
            tokens.extend(bits);
        }
        let batch = Batch {
            shape: [texts.len(), longest],
            // Each place has an id.
            mask: vec![1; ids.len()],
            ids,
        };
        (batch, tokens)
    }
    // ANCHOR_END: batch
}
