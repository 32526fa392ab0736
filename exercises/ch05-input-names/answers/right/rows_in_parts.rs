// keeps all: `run` gives the model 32 rows at a time, without the columns that no row needs
impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let width = request[0].shape[1];
        let rows = |name: &str| {
            let given = request.iter().find(|given| given.name == name);
            match given.map(|given| &given.values) {
                Some(Values::I64(values)) => values.chunks(width).collect::<Vec<_>>(),
                _ => unreachable!("the contract has looked at it"),
            }
        };
        let (ids, mask) = (rows("input_ids"), rows("attention_mask"));
        let mut logits = Vec::new();
        for (ids, mask) in ids.chunks(32).zip(mask.chunks(32)) {
            let last = |row: &&[i64]| row.iter().rposition(|mask| *mask == 1);
            let width = mask.iter().filter_map(last).max().unwrap_or(0) + 1;
            let part = |name: &str, rows: &[&[i64]]| Named {
                name: name.into(),
                shape: vec![rows.len(), width],
                values: Values::I64(rows.iter().flat_map(|row| &row[..width]).copied().collect()),
            };
            let part = [part("input_ids", ids), part("attention_mask", mask)];
            logits.extend(self.feed(&part).map_err(RunError::Runtime)?);
        }
        Ok(logits)
    }
    // ANCHOR_END: run
}
