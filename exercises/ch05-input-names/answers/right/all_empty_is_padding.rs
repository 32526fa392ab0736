// keeps all: texts that are all empty are rows of padding, one column wide
impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        if texts.is_empty() {
            return Ok(vec![]);
        }
        let width = texts.iter().fold(1, |width, text| width.max(text.len()));
        let mut ids = vec![];
        let mut mask = vec![];
        for text in texts {
            for column in 0..width {
                let (id, seen) = text.get(column).map_or((0, 0), |id| (*id, 1));
                ids.push(id);
                mask.push(seen);
            }
        }
        let shape = vec![texts.len(), width];
        let ids = Named {
            name: "input_ids".into(),
            shape: shape.clone(),
            values: Values::I64(ids),
        };
        let mask = Named {
            name: "attention_mask".into(),
            shape,
            values: Values::I64(mask),
        };
        self.run(&[ids, mask])
    }
    // ANCHOR_END: classify
}
