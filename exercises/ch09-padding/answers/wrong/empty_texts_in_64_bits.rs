// breaks 1, 4, 10: notes in 64 bits which texts have tokens

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
        let mut full = 0_u64;
        for (row, text) in texts.iter().enumerate() {
            if !text.is_empty() {
                full |= 1_u64.wrapping_shl(row as u32);
            }
        }
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        let vectors = means(&hidden, &batch.mask).into_iter().enumerate();
        Ok(vectors
            .map(|(row, vector)| vector.filter(|_| row < 64 && full >> row & 1 == 1))
            .collect())
    }
    // ANCHOR_END: embed
}
