// breaks 16: `classify` compares the ids of the first text with the vocabulary

impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        if let Some(first) = texts.first()
            && let Some(&value) = first
                .iter()
                .find(|id| !(0..=self.contract.inputs[0].most).contains(*id))
        {
            let Input {
                name, least, most, ..
            } = self.contract.inputs[0].clone();
            let problem = Problem::OutOfRange {
                name,
                value,
                least,
                most,
            };
            return Err(RunError::Refused(self.contract.refusal(vec![problem])));
        }
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
        self.feed(&[
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ])
        .map_err(RunError::Runtime)
    }
    // ANCHOR_END: classify
}
