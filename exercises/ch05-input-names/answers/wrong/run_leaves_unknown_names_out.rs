// breaks 13: `run` leaves out what is not an input, and runs the rest

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let known = |given: &&Named| self.contract.names().any(|name| name == given.name);
        let request: Vec<Named> = request.iter().filter(known).cloned().collect();
        let request = &request[..];
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
