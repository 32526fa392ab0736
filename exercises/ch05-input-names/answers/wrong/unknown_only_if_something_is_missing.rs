// breaks 2, 10: another name is told only where it may be the misspelled one

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for given in request {
            let all_there = self
                .names()
                .all(|name| request.iter().any(|given| given.name == name));
            if !all_there && !self.names().any(|name| name == given.name) {
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
    // ANCHOR: feed
    /// Every tensor goes to the input of its own name.
    fn feed(&mut self, request: &[Named]) -> ort::Result<Vec<Logits>> {
        let mut inputs: Vec<(&str, SessionInputValue)> = Vec::new();
        for given in request
            .iter()
            .filter(|given| self.contract.names().any(|name| name == given.name))
        {
            let shape = given.shape.clone();
            let tensor = match &given.values {
                Values::I64(values) => Tensor::from_array((shape, values.clone()))?.into(),
                Values::I32(values) => Tensor::from_array((shape, values.clone()))?.into(),
                Values::F32(values) => Tensor::from_array((shape, values.clone()))?.into(),
            };
            inputs.push((&given.name, tensor));
        }
        let outputs = self.session.run(inputs)?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}
