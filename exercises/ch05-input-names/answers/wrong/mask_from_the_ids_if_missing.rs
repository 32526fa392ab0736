// breaks 2, 13: a mask that is missing is made from the ids

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for given in request {
            if !self.names().any(|name| is_named(given, name)) {
                problems.push(self.unknown(&given.name));
            }
        }
        let [ids, mask] = self.inputs.each_ref().map(|input| {
            let mut given = request.iter().filter(|given| is_named(given, &input.name));
            let name = input.name.clone();
            match (given.next(), given.next()) {
                (Some(given), None) => {
                    problems.extend(input.problems(given));
                    return Some(given);
                }
                (None, _) if name == "attention_mask" => {}
                (None, _) => problems.push(Problem::Missing { name }),
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

    fn unknown(&self, name: &str) -> Problem {
        Problem::Unknown {
            name: name.into(),
            nearest: nearest(name, self.names()),
        }
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
        let mut request = request.to_vec();
        if let [only] = &request[..]
            && let Values::I64(ids) = &only.values
        {
            let mask = ids.iter().map(|id| i64::from(*id != 0)).collect();
            request.push(Named {
                name: "attention_mask".into(),
                shape: only.shape.clone(),
                values: Values::I64(mask),
            });
        }
        self.feed(&request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run
}
