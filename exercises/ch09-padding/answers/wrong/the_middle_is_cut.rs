// breaks 5: keeps half of the limit from the start and half from the end

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        let max_tokens = self.settings.max_tokens;
        let cut: Vec<Vec<i64>> = texts
            .iter()
            .map(|text| {
                if text.len() <= max_tokens {
                    return text.clone();
                }
                let end = max_tokens / 2;
                [&text[..max_tokens - end], &text[text.len() - end..]].concat()
            })
            .collect();
        let texts: Vec<&[i64]> = cut.iter().map(|text| &text[..]).collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        if longest == 0 {
            return Ok(vec![None; texts.len()]);
        }
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
