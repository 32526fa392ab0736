// breaks 5, 6, 10, 1: asks before the cut whether there is anything to run

impl<E: Encoder> Embedder<E> {
    // ANCHOR: embed
    pub fn embed(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Embedding>, EncoderError> {
        if texts.iter().all(Vec::is_empty) {
            return Ok(vec![None; texts.len()]);
        }
        let max_tokens = self.settings.max_tokens;
        let texts: Vec<&[i64]> = texts
            .iter()
            .map(|text| &text[..text.len().min(max_tokens)])
            .collect();
        let longest = texts.iter().map(|text| text.len()).max().unwrap_or(0);
        let batch = self.batch(&texts, longest);
        let hidden = self.encoder.run(&batch)?;
        Ok(means(&hidden, &batch.mask))
    }
    // ANCHOR_END: embed
}
