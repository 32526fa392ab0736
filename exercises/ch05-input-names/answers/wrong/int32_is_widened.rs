// breaks 4: int32 is taken for int64

// ANCHOR: input
impl Input {
    /// What is wrong with a tensor that was given for this input.
    fn problems(&self, given: &Named) -> Vec<Problem> {
        let name = || self.name.clone();
        let mut problems = Vec::new();
        if !matches!(given.values, Values::I64(_) | Values::I32(_)) {
            problems.push(Problem::WrongType {
                name: name(),
                given: given.values.element(),
                wanted: self.element,
            });
        }
        if given.shape.len() != self.rank {
            problems.push(Problem::WrongRank {
                name: name(),
                given: given.shape.len(),
                wanted: self.rank,
            });
        }
        if places(&given.shape) != Some(given.values.count()) {
            problems.push(Problem::NotFilled {
                name: name(),
                shape: given.shape.clone(),
                values: given.values.count(),
            });
        }
        if given.shape.contains(&0) {
            problems.push(Problem::Empty {
                name: name(),
                shape: given.shape.clone(),
            });
        }
        if let Values::I64(values) = &given.values {
            let range = self.least..=self.most;
            if let Some(&value) = values.iter().find(|value| !range.contains(value)) {
                problems.push(Problem::OutOfRange {
                    name: name(),
                    value,
                    least: self.least,
                    most: self.most,
                });
            }
        }
        problems
    }
}
// ANCHOR_END: input

impl Classifier {
    // ANCHOR: feed
    /// Every tensor goes to the input of its own name.
    fn feed(&mut self, request: &[Named]) -> ort::Result<Vec<Logits>> {
        let mut inputs: Vec<(&str, SessionInputValue)> = Vec::new();
        for given in request {
            let shape = given.shape.clone();
            let tensor = match &given.values {
                Values::I64(values) => Tensor::from_array((shape, values.clone()))?.into(),
                Values::I32(values) => {
                    let values: Vec<i64> = values.iter().map(|value| i64::from(*value)).collect();
                    Tensor::from_array((shape, values))?.into()
                }
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
