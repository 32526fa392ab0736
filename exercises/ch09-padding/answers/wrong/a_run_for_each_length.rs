// breaks 6: texts of one length go together, and none is padded

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
        let mut vectors = vec![None; texts.len()];
        for length in 1..=longest {
            let same: Vec<usize> = (0..texts.len())
                .filter(|&text| texts[text].len() == length)
                .collect();
            if same.is_empty() {
                continue;
            }
            let rows: Vec<&[i64]> = same.iter().map(|&text| texts[text]).collect();
            let batch = self.batch(&rows, length);
            let hidden = self.encoder.run(&batch)?;
            for (text, vector) in same.into_iter().zip(means(&hidden, &batch.mask)) {
                vectors[text] = vector;
            }
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
