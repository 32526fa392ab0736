// breaks 16: a text alone is not compared with the vocabulary

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
        let request = [
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ];
        match texts {
            [only] if !only.is_empty() => self.feed(&request).map_err(RunError::Runtime),
            _ => self.run(&request),
        }
    }
    // ANCHOR_END: classify
}
