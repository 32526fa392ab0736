// breaks 13: `run` takes [UNK] for ids outside of the vocabulary

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let mut request = request.to_vec();
        for given in request.iter_mut().filter(|given| given.name == "input_ids") {
            if let Values::I64(ids) = &mut given.values {
                let most = self.contract.inputs[0].most;
                ids.iter_mut()
                    .filter(|id| !(0..=most).contains(*id))
                    .for_each(|id| *id = 1.min(most));
            }
        }
        let request = &request[..];
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
