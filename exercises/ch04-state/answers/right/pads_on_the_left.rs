// keeps all: texts are padded to a multiple of eight, in front.

impl<B: Backend> Classifier<B> {
    // ANCHOR: infer
    /// The logits of one text.
    pub fn infer(&self, input_ids: &[i64]) -> Result<Logits, RunError> {
        let padding = input_ids.len().next_multiple_of(8) - input_ids.len();
        let padded = |fill: i64, ids: &mut dyn Iterator<Item = i64>| -> Vec<i64> {
            std::iter::repeat_n(fill, padding).chain(ids).collect()
        };
        let ids = padded(i64::MAX, &mut input_ids.iter().copied());
        let mask = padded(0, &mut input_ids.iter().map(|_| 1));
        let logits = self.take().run(&ids, &mask)?;
        self.served.fetch_add(1, Relaxed);
        Ok(logits)
    }
    // ANCHOR_END: infer
}
