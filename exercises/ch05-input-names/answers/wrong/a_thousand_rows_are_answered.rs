// breaks 14, 15: rows beyond a thousand are not answered

impl Classifier {
    // ANCHOR: run
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let mut logits = self.feed(request).map_err(RunError::Runtime)?;
        logits.truncate(1000);
        Ok(logits)
    }
    // ANCHOR_END: run
}
