// keeps all: each text is a request of its own, so that nothing is padded
impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let problems = self.contract.problems(&one_row(text, 1));
            if !problems.is_empty() {
                return Err(RunError::Refused(self.contract.refusal(problems)));
            }
        }
        let mut all = Vec::with_capacity(texts.len());
        for text in texts {
            let row = if text.is_empty() {
                one_row(&[0], 0)
            } else {
                one_row(text, 1)
            };
            all.append(&mut self.run(&row)?);
        }
        Ok(all)
    }
    // ANCHOR_END: classify
}

impl Classifier {
    // ANCHOR: feed
    /// Every tensor goes to the input of its own name.
    fn feed(&mut self, request: &[Named]) -> ort::Result<Vec<Logits>> {
        let tensors = request.iter().map(|given| {
            let Values::I64(values) = &given.values else {
                unreachable!("the contract has looked at the types");
            };
            let tensor = Tensor::from_array((given.shape.clone(), values.clone()))?;
            Ok((given.name.clone(), SessionInputValue::from(tensor)))
        });
        let tensors = tensors.collect::<ort::Result<std::collections::HashMap<_, _>>>()?;
        let outputs = self.session.run(tensors)?;
        let (shape, logits) = outputs[0].try_extract_tensor::<f32>()?;
        let rows = shape.first().map_or(0, |rows| *rows as usize);
        Ok((0..rows)
            .map(|row| [logits[2 * row], logits[2 * row + 1]])
            .collect())
    }
    // ANCHOR_END: feed
}

// ANCHOR: classifier
fn one_row(ids: &[i64], mask: i64) -> [Named; 2] {
    let named = |name: &str, values| Named {
        name: name.into(),
        shape: vec![1, ids.len()],
        values: Values::I64(values),
    };
    let mask = vec![mask; ids.len()];
    [
        named("input_ids", ids.to_vec()),
        named("attention_mask", mask),
    ]
}

/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
}
// ANCHOR_END: classifier
