// breaks 13, 15: `classify` clears its buffer only after an answer

// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
    ids: Vec<i64>,
    mask: Vec<i64>,
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
                ids: Vec::new(),
                mask: Vec::new(),
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

    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        self.ids.resize(texts.len() * longest, 0);
        self.mask.resize(texts.len() * longest, 0);
        for (row, text) in texts.iter().enumerate() {
            self.ids[row * longest..][..text.len()].copy_from_slice(text);
            self.mask[row * longest..][..text.len()].fill(1);
        }
        let named = |name: &str, values: &Vec<i64>| Named {
            name: name.into(),
            shape: vec![texts.len(), longest],
            values: Values::I64(values.clone()),
        };
        let request = [
            named("input_ids", &self.ids),
            named("attention_mask", &self.mask),
        ];
        let rows = self.run(&request)?;
        self.ids.clear();
        self.mask.clear();
        Ok(rows)
    }
    // ANCHOR_END: classify
}
