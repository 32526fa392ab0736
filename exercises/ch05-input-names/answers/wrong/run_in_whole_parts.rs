// breaks 14: `run` works in parts of 16 rows and leaves the rest out

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request)
            .map(|rows| {
                let whole = if rows.len() > 16 {
                    rows.len() / 16 * 16
                } else {
                    rows.len()
                };
                rows[..whole].to_vec()
            })
            .map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
