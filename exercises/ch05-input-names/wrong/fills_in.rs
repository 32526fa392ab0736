impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let [ids, mask] = self.inputs.each_ref().map(|input| {
            let mut given = request.iter().filter(|given| is_named(given, &input.name));
            let name = input.name.clone();
            match (given.next(), given.next()) {
                (Some(given), None) => {
                    problems.extend(input.problems(given));
                    return Some(given);
                }
                // Whoever leaves it out gets a default.
                (None, _) => {}
                (Some(_), Some(_)) => problems.push(Problem::Duplicate { name }),
            }
            None
        });
        if let (Some(ids), Some(mask)) = (ids, mask)
            && !of_one_shape(ids, mask)
        {
            problems.push(Problem::ShapesDiffer {
                name: mask.name.clone(),
                given: mask.shape.clone(),
                wanted: ids.shape.clone(),
            });
        }
        problems
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }
    // ANCHOR_END: problems
}

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let mut inputs: Vec<Named> = request.to_vec();
        inputs.retain(|given| self.contract.names().any(|name| name == given.name));
        if let [only] = &inputs[..] {
            let masks = only.name == "attention_mask";
            inputs.push(Named {
                name: if masks { "input_ids" } else { "attention_mask" }.into(),
                shape: only.shape.clone(),
                values: Values::I64(vec![1; only.values.count()]),
            });
        }
        self.feed(&inputs).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
