// breaks 13: `run` tells one problem of several

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let mut problems = self.contract.problems(request);
        problems.truncate(1);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
