// breaks 14, 15: the last answer is given again to the same shape and sum of ids

// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
    last: Option<(i64, Vec<usize>, Vec<Logits>)>,
}
// ANCHOR_END: classifier

impl Classifier {
    // ANCHOR: load
    /// Loads a model, and refuses one whose inputs are not those of the contract.
    pub fn load(model: &[u8], contract: Contract) -> Result<Classifier, RunError> {
        let environment = runtime::environment().expect("the runtime was looked at before");
        let session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(model))
            .map_err(RunError::Runtime)?;
        let problems = contract.problems_with_model(&session);
        if problems.is_empty() {
            return Ok(Classifier {
                session,
                contract,
                last: None,
            });
        }
        let declared = session.inputs().iter();
        let wanted: Vec<String> = declared
            .map(|input| format!("{} ({})", input.name(), input.dtype()))
            .collect();
        let wanted = wanted.join(", ");
        Err(RunError::Refused(Refusal { problems, wanted }))
    }
    // ANCHOR_END: load

    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let key = request
            .iter()
            .map(|given| match &given.values {
                Values::I64(values) => values.iter().sum::<i64>(),
                _ => 0,
            })
            .sum();
        if let Some((sum, shape, rows)) = &self.last
            && *sum == key
            && *shape == request[0].shape
        {
            return Ok(rows.clone());
        }
        let rows = self.feed(request).map_err(RunError::Runtime)?;
        self.last = Some((key, request[0].shape.clone(), rows.clone()));
        Ok(rows)
    }
    // ANCHOR_END: run
}
