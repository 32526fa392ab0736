// keeps all: texts without tokens have the first rows

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

        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&text| !texts[text].is_empty());
        let rows: Vec<&[i64]> = order.iter().map(|&text| texts[text]).collect();
        let batch = self.batch(&rows, longest);
        let hidden = self.encoder.run(&batch)?;
        let mut answers: Vec<(usize, Embedding)> =
            order.into_iter().zip(means(&hidden, &batch.mask)).collect();
        answers.sort_by_key(|&(text, _)| text);
        Ok(answers.into_iter().map(|(_, vector)| vector).collect())
    }
    // ANCHOR_END: embed
}
