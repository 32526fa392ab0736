// keeps all: no texts have no logits, and the model is not asked
impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let Some(longest) = texts.iter().map(Vec::len).max() else {
            return Ok(Vec::new());
        };
        let shape = vec![texts.len(), longest];
        let table = |cell: &dyn Fn(&[i64], usize) -> i64| {
            let row = |text| (0..longest).map(move |at| cell(text, at));
            Values::I64(texts.iter().flat_map(|text| row(&text[..])).collect())
        };
        let ids = table(&|text, at| *text.get(at).unwrap_or(&0));
        let mask = table(&|text, at| (at < text.len()) as i64);
        let named = |name: &str, shape, values| Named {
            name: name.to_string(),
            shape,
            values,
        };
        self.run(&[
            named("attention_mask", shape.clone(), mask),
            named("input_ids", shape, ids),
        ])
    }
    // ANCHOR_END: classify
}
