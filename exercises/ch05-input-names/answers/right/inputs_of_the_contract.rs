// keeps all: no name is written down but in the contract, and `run` sends an error on with `?`
impl From<ort::Error> for RunError {
    fn from(error: ort::Error) -> RunError {
        RunError::Runtime(error)
    }
}

// ANCHOR: classifier
impl From<ort::Error> for RunError {
    fn from(error: ort::Error) -> RunError {
        RunError::Runtime(error)
    }
}

/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
}
// ANCHOR_END: classifier

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        match self.contract.problems(request) {
            problems if problems.is_empty() => Ok(self.feed(request)?),
            problems => Err(RunError::Refused(self.contract.refusal(problems))),
        }
    }
    // ANCHOR_END: run

    // ANCHOR: feed
    fn feed(&mut self, request: &[Named]) -> Result<Vec<Logits>, ort::Error> {
        let mut inputs = std::collections::HashMap::<String, SessionInputValue>::new();
        for input in &self.contract.inputs {
            for given in request.iter().filter(|given| given.name == input.name) {
                if let Values::I64(values) = given.values.clone() {
                    let tensor =
                        Tensor::from_array((given.shape.clone(), values.into_boxed_slice()))?;
                    inputs.insert(input.name.clone(), tensor.into());
                }
            }
        }
        let outputs = self.session.run(inputs)?;
        let view = outputs.get("logits").expect("the model has logits");
        let (_, logits) = view.try_extract_tensor()?;
        Ok(logits.chunks(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}
