// breaks 7: texts that are alike have one row

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
        let mut rows: Vec<&[i64]> = texts.clone();
        rows.sort();
        rows.dedup();
        let batch = self.batch(&rows, longest);
        let hidden = self.encoder.run(&batch)?;
        let vectors = means(&hidden, &batch.mask);
        let vector =
            |text: &&[i64]| vectors[rows.binary_search(text).expect("each text has a row")].clone();
        Ok(texts.iter().map(vector).collect())
    }
    // ANCHOR_END: embed
}
