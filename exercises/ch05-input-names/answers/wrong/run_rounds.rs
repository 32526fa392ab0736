// breaks 14: `run` rounds the logits to one digit

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
            inputs.push((&given.name, tensor));
        }
        let outputs = self.session.run(inputs)?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits
            .chunks_exact(2)
            .map(|row| [0, 1].map(|class| (row[class] * 10.0).round() / 10.0))
            .collect())
    }
    // ANCHOR_END: feed
}
