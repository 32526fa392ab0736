// breaks 14: `run` masks what is 0 among the ids

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let mut request = request.to_vec();
        let ids = request.iter().find(|given| given.name == "input_ids");
        if let Some(Values::I64(ids)) = ids.map(|ids| ids.values.clone()) {
            for given in request
                .iter_mut()
                .filter(|given| given.name == "attention_mask")
            {
                given.values = Values::I64(ids.iter().map(|id| i64::from(*id != 0)).collect());
            }
        }
        self.feed(&request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
