// breaks 14: `run` gives the logits of the first row only

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request)
            .map(|rows| rows.into_iter().take(1).collect())
            .map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
