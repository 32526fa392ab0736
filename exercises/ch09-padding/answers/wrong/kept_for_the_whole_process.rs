// breaks 3, 2: vectors are kept by their text for all embedders of the process

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
        type Kept = std::collections::BTreeMap<(usize, Vec<i64>), Vec<f32>>;
        static KEPT: std::sync::Mutex<Kept> = std::sync::Mutex::new(Kept::new());
        let mut kept = KEPT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let vectors = means(&hidden, &batch.mask).into_iter().zip(&texts);
        Ok(vectors
            .map(|(vector, text)| {
                let key = (hidden.shape[2], text.to_vec());
                Some(kept.entry(key).or_insert(vector?).clone())
            })
            .collect())
    }
    // ANCHOR_END: embed
}
