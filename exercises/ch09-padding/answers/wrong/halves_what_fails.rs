// breaks 6, 10: runs two halves where the encoder fails with many texts

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
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
        let batch = self.batch(&texts, longest);
        let hidden = match self.encoder.run(&batch) {
            Err(_) if texts.len() > 8 => {
                let (left, right) = texts.split_at(texts.len() / 2);
                let (left, right): (Vec<_>, Vec<_>) = (
                    left.iter().map(|text| text.to_vec()).collect(),
                    right.iter().map(|text| text.to_vec()).collect(),
                );
                let mut vectors = self.embed(&left)?;
                vectors.extend(self.embed(&right)?);
                return Ok(vectors);
            }
            answer => answer?,
        };
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
