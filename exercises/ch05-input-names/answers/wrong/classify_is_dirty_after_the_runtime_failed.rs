// breaks 15, 17: after a failure of the runtime `classify` has the old texts in its buffer

// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
    left: Vec<Vec<i64>>,
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
                left: Vec::new(),
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
        let before = self.left.len();
        self.left.extend(texts.iter().cloned());
        let texts: Vec<Vec<i64>> = self.left.clone();
        let texts = &texts[..];
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let padded = |row: &dyn Fn(&Vec<i64>) -> Vec<i64>| {
            let mut values = Vec::new();
            for text in texts {
                values.extend(row(text));
                values.resize(values.len() + longest - text.len(), 0);
            }
            Values::I64(values)
        };
        let named = |name: &str, values| Named {
            name: name.into(),
            shape: vec![texts.len(), longest],
            values,
        };
        let answer = self.run(&[
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ]);
        if !matches!(answer, Err(RunError::Runtime(_))) {
            self.left.clear();
        }
        answer.map(|rows| rows[before.min(rows.len())..].to_vec())
    }
    // ANCHOR_END: classify
}
