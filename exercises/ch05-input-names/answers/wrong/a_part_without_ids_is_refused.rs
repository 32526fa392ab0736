// breaks 15: texts go in parts of 256, and a part in which no text has an id is refused

impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let padded = |row: &dyn Fn(&Vec<i64>) -> Vec<i64>| {
            let mut values = Vec::new();
            for text in texts {
                values.extend(row(text));
                values.resize(values.len() + longest - text.len(), 0);
            }
            Values::I64(values)
        };
        let named = |name: &str, values| Named {
            name: name.into(),
            shape: vec![texts.len(), longest],
            values,
        };
        if texts.len() > 256 {
            let mut all = Vec::new();
            for part in texts.chunks(256) {
                all.extend(self.classify(part)?);
            }
            return Ok(all);
        }
        self.run(&[
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ])
    }
    // ANCHOR_END: classify
}
