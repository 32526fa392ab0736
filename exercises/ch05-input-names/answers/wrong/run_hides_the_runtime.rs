// breaks 17: a failure of the runtime is an answer without rows

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        Ok(self.feed(request).unwrap_or_default())
    }
    // ANCHOR_END: run
}
