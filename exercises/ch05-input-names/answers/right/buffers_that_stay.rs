// keeps all: `classify` keeps its buffers, and clears them before it writes
// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
    request: [Named; 2],
}

fn buffers() -> [Named; 2] {
    ["input_ids", "attention_mask"].map(|name| Named {
        name: name.to_owned(),
        shape: Vec::with_capacity(2),
        values: Values::I64(Vec::new()),
    })
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
            let request = buffers();
            return Ok(Classifier {
                session,
                contract,
                request,
            });
        }
        Err(RunError::Refused(contract.refusal(problems)))
    }
    // ANCHOR_END: load

    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let mut request = std::mem::replace(&mut self.request, buffers());
        for (at, Named { shape, values, .. }) in request.iter_mut().enumerate() {
            shape.clear();
            shape.extend([texts.len(), longest]);
            let Values::I64(values) = values else {
                continue;
            };
            values.clear();
            for text in texts {
                let end = values.len() + longest;
                if at == 0 {
                    values.extend_from_slice(text);
                } else {
                    values.resize(values.len() + text.len(), 1);
                }
                values.resize(end, 0);
            }
        }
        let answer = self.run(&request);
        self.request = request;
        answer
    }
    // ANCHOR_END: classify
}
