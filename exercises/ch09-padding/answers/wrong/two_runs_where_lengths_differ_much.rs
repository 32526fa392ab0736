// breaks 6: a text far longer than the others goes alone

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
        let shortest = texts.iter().map(|text| text.len()).min().unwrap_or(0);
        if shortest == 0 || longest < 32 * shortest {
            let batch = self.batch(&texts, longest);
            let hidden = self.encoder.run(&batch)?;
            return Ok(means(&hidden, &batch.mask));
        }
        let mut vectors = vec![None; texts.len()];
        let (long, short): (Vec<usize>, Vec<usize>) =
            (0..texts.len()).partition(|&text| texts[text].len() >= 32 * shortest);
        for part in [long, short] {
            let rows: Vec<&[i64]> = part.iter().map(|&text| texts[text]).collect();
            let longest = rows.iter().map(|text| text.len()).max().unwrap_or(0);
            let batch = self.batch(&rows, longest);
            let hidden = self.encoder.run(&batch)?;
            for (text, vector) in part.into_iter().zip(means(&hidden, &batch.mask)) {
                vectors[text] = vector;
            }
        }
        Ok(vectors)
    }
    // ANCHOR_END: embed
}
