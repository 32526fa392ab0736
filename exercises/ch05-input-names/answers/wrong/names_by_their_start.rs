// breaks 2: a name that begins like an input is taken for it

// ANCHOR: named
/// Whether a tensor is for the input `name`: letter by letter.
fn is_named(given: &Named, name: &str) -> bool {
    given.name.starts_with(name)
}
// ANCHOR_END: named

impl Classifier {
    // ANCHOR: feed
    /// Every tensor goes to the input of its own name.
    fn feed(&mut self, request: &[Named]) -> ort::Result<Vec<Logits>> {
        let mut inputs: Vec<(&str, SessionInputValue)> = Vec::new();
        for given in request {
            let shape = given.shape.clone();
            let tensor = match &given.values {
                Values::I64(values) => Tensor::from_array((shape, values.clone()))?.into(),
                Values::I32(values) => Tensor::from_array((shape, values.clone()))?.into(),
                Values::F32(values) => Tensor::from_array((shape, values.clone()))?.into(),
            };
            let name = self.contract.names().find(|name| is_named(given, name));
            inputs.push((name.unwrap_or_default(), tensor));
        }
        let outputs = self.session.run(inputs)?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}
