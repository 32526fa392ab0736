// keeps all: rows are padded on the left, with the greatest id, to a multiple of eight
impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        const LANES: usize = 8;
        let [ids, mask] = &self.contract.inputs;
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let width = longest.next_multiple_of(LANES);
        let mut of_ids = Vec::with_capacity(texts.len() * width);
        let mut of_mask = Vec::with_capacity(texts.len() * width);
        for text in texts {
            let padding = width - text.len();
            of_ids.extend(std::iter::repeat_n(ids.most, padding));
            of_ids.extend(text);
            of_mask.extend((0..width).map(|at| i64::from(at >= padding)));
        }
        let request = [(ids, of_ids), (mask, of_mask)].map(|(input, values)| Named {
            name: input.name.clone(),
            shape: vec![texts.len(), width],
            values: Values::I64(values),
        });
        self.run(&request)
    }
    // ANCHOR_END: classify
}
