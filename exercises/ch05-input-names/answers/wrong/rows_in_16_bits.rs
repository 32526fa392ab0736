// breaks 14: rows are counted in 16 bits

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
        let rows = request[0].shape[0] as u16;
        Ok(logits
            .chunks_exact(2)
            .take(rows.into())
            .map(|row| [row[0], row[1]])
            .collect())
    }
    // ANCHOR_END: feed
}
