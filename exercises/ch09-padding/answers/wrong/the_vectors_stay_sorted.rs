// breaks 1: sorts the rows by their lengths, and answers in that order

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
        let mut sorted = texts;
        sorted.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let batch = self.batch(&sorted, longest);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
