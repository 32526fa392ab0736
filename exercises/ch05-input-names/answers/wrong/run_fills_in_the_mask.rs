// breaks 13: `run` makes a mask of ones if there is none

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let mut request = request.to_vec();
        if request.len() == 1
            && let Some(ids) = request
                .first()
                .filter(|given| given.name == "input_ids")
                .cloned()
        {
            let values = Values::I64(vec![1; ids.values.count()]);
            request.push(Named {
                name: "attention_mask".into(),
                values,
                ..ids
            });
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
