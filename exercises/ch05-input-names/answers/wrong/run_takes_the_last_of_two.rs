// breaks 13: `run` takes the last of two tensors of one name

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let last = |(at, given): &(usize, &Named)| {
            request[at + 1..]
                .iter()
                .all(|later| later.name != given.name)
        };
        let request: Vec<Named> = request
            .iter()
            .enumerate()
            .filter(last)
            .map(|(_, given)| given.clone())
            .collect();
        let request = &request[..];
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
