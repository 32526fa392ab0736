// keeps all: texts are sorted by length, run in parts of eight, and put back into their order
impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        // Refused before any part is run: `run` would look at one part only.
        let words: Vec<i64> = texts.concat();
        let whole = |name: &str, value: Option<i64>| Named {
            name: name.into(),
            shape: vec![1, words.len()],
            values: Values::I64(words.iter().map(|word| value.unwrap_or(*word)).collect()),
        };
        let request = [whole("input_ids", None), whole("attention_mask", Some(1))];
        let problems = self.contract.problems(&request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(texts[*at].len()));
        let mut logits = vec![Logits::default(); texts.len()];
        for part in order.chunks(8) {
            let longest = texts[part[0]].len().max(1);
            let (mut ids, mut mask) = (Vec::new(), Vec::new());
            for &at in part {
                let end = ids.len() + longest;
                ids.extend_from_slice(&texts[at]);
                ids.resize(end, 0);
                mask.resize(mask.len() + texts[at].len(), 1);
                mask.resize(end, 0);
            }
            let shape = vec![part.len(), longest];
            let rows = self.run(&[
                Named {
                    name: "input_ids".into(),
                    shape: shape.clone(),
                    values: Values::I64(ids),
                },
                Named {
                    name: "attention_mask".into(),
                    shape,
                    values: Values::I64(mask),
                },
            ])?;
            for (at, row) in part.iter().zip(rows) {
                logits[*at] = row;
            }
        }
        Ok(logits)
    }
    // ANCHOR_END: classify
}
