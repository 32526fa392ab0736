// breaks 3, 2: takes the mean of all vectors of a call away from each

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
        let mut vectors = means(&hidden, &batch.mask);
        let count = vectors.iter().flatten().count() as f32;
        if count > 1.0 {
            for d in 0..hidden.shape[2] {
                let mean = vectors
                    .iter()
                    .flatten()
                    .map(|vector| vector[d])
                    .sum::<f32>()
                    / count;
                for vector in vectors.iter_mut().flatten() {
                    vector[d] -= mean;
                }
            }
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
