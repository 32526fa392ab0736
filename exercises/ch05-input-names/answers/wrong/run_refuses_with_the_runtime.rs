// breaks 17: a failure of the runtime is a refusal without problems

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request)
            .map_err(|_| RunError::Refused(self.contract.refusal(Vec::new())))
    }
    // ANCHOR_END: run
}
