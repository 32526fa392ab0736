// keeps all: tensors go by place, and the places are those in which the model declares the names
impl Classifier {
    // ANCHOR: feed
    /// Every tensor goes to the place of its own name.
    fn feed(&mut self, request: &[Named]) -> ort::Result<Vec<Logits>> {
        let mut inputs: Vec<SessionInputValue> = Vec::new();
        for declared in self.session.inputs() {
            let given = request.iter().find(|given| given.name == declared.name());
            if let Some(Named {
                shape,
                values: Values::I64(values),
                ..
            }) = given
            {
                inputs.push(Tensor::from_array((shape.clone(), values.clone()))?.into());
            }
        }
        let outputs = self.session.run(&inputs[..])?;
        let logits = outputs["logits"].try_extract_tensor::<f32>()?.1;
        let mut rows = Vec::new();
        for row in logits.chunks(2) {
            rows.push(row.try_into().expect("two logits a row"));
        }
        Ok(rows)
    }
    // ANCHOR_END: feed
}
