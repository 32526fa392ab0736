// breaks 1, 3: looks vectors up by their text and takes them out: the second of two alike gets nothing

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
        let mut by_text: std::collections::HashMap<&[i64], Vec<f32>> = texts
            .iter()
            .copied()
            .zip(means(&hidden, &batch.mask))
            .filter_map(|(text, vector)| Some((text, vector?)))
            .collect();
        Ok(texts.iter().map(|text| by_text.remove(text)).collect())
    }
    // ANCHOR_END: embed
}
