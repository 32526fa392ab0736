// breaks 15: `classify` sorts the texts by their length, and gives the logits in that order

impl Classifier {
    // ANCHOR: classify
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let mut texts = texts.to_vec();
        texts.sort_by_key(Vec::len);
        let longest = texts.last().map_or(0, Vec::len);
        let padded = |row: &dyn Fn(&Vec<i64>) -> Vec<i64>| {
            let rows = texts.iter().map(|text| {
                let mut row = row(text);
                row.resize(longest, 0);
                row
            });
            Values::I64(rows.collect::<Vec<_>>().concat())
        };
        let named = |name: &str, values| Named {
            name: name.into(),
            shape: vec![texts.len(), longest],
            values,
        };
        self.run(&[
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ])
    }
    // ANCHOR_END: classify
}
