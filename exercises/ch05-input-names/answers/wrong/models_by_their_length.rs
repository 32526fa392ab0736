// breaks 14, 15: a model is known by the length of its file

impl Classifier {
    // ANCHOR: load
    /// Loads a model, and refuses one whose inputs are not those of the contract.
    pub fn load(model: &[u8], contract: Contract) -> Result<Classifier, RunError> {
        let environment = runtime::environment().expect("the runtime was looked at before");
        static SEEN: std::sync::Mutex<Vec<(usize, Vec<u8>)>> = std::sync::Mutex::new(Vec::new());
        let mut seen = SEEN.lock().unwrap();
        let known = seen
            .iter()
            .find(|(size, _)| *size == model.len())
            .map(|(_, bytes)| bytes.clone());
        let bytes = known.unwrap_or_else(|| model.to_vec());
        let session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(&bytes))
            .map_err(RunError::Runtime)?;
        seen.push((bytes.len(), bytes));
        drop(seen);
        let problems = contract.problems_with_model(&session);
        if problems.is_empty() {
            return Ok(Classifier { session, contract });
        }
        let declared = session.inputs().iter();
        let wanted: Vec<String> = declared
            .map(|input| format!("{} ({})", input.name(), input.dtype()))
            .collect();
        let wanted = wanted.join(", ");
        Err(RunError::Refused(Refusal { problems, wanted }))
    }
    // ANCHOR_END: load
}
