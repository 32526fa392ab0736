// breaks 13: `run` turns a mask that lies on its side

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let mut request = request.to_vec();
        let ids = request
            .iter()
            .find(|given| given.name == "input_ids")
            .map(|ids| ids.shape.clone());
        for given in request
            .iter_mut()
            .filter(|given| given.name == "attention_mask")
        {
            if let Some(shape) = &ids
                && given.shape.iter().rev().eq(shape)
            {
                given.shape = shape.clone();
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
