// keeps all: ids and mask have types of their own behind the contract, so that they cannot be swapped
// ANCHOR: classifier
struct InputIds(Vec<i64>);
struct AttentionMask(Vec<i64>);

struct Batch {
    shape: [usize; 2],
    ids: InputIds,
    mask: AttentionMask,
}

/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
}
// ANCHOR_END: classifier

impl Classifier {
    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let width = texts.iter().map(Vec::len).max().unwrap_or(0);
        let outside = |id: &&i64| {
            !(self.contract.inputs[0].least..=self.contract.inputs[0].most).contains(id)
        };
        let mut problems: Vec<Problem> = Vec::new();
        if let Some(value) = texts.iter().flatten().find(outside) {
            problems.push(Problem::OutOfRange {
                name: "input_ids".into(),
                value: *value,
                least: self.contract.inputs[0].least,
                most: self.contract.inputs[0].most,
            });
        }
        if width == 0 {
            problems.push(Problem::Empty {
                name: "input_ids".into(),
                shape: vec![texts.len(), width],
            });
        }
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let mut batch = Batch {
            shape: [texts.len(), width],
            ids: InputIds(vec![0; texts.len() * width]),
            mask: AttentionMask(vec![0; texts.len() * width]),
        };
        for (row, text) in texts.iter().enumerate() {
            let start = row * width;
            batch.ids.0[start..start + text.len()].clone_from_slice(text);
            batch.mask.0[start..start + text.len()].fill(1);
        }
        self.feed(batch).map_err(RunError::Runtime)
    }
    // ANCHOR_END: classify

    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let int64 = |name: &str| {
            let mut all = request.iter().filter(|given| given.name == name);
            match all.next().map(|given| (&given.values, &given.shape[..])) {
                Some((Values::I64(values), &[rows, columns])) => ([rows, columns], values.clone()),
                _ => unreachable!("the contract says int64 [batch, seq]"),
            }
        };
        let ((shape, ids), (_, mask)) = (int64("input_ids"), int64("attention_mask"));
        let (ids, mask) = (InputIds(ids), AttentionMask(mask));
        self.feed(Batch { shape, ids, mask })
            .map_err(RunError::Runtime)
    }
    // ANCHOR_END: run

    // ANCHOR: feed
    fn feed(&mut self, batch: Batch) -> ort::Result<Vec<Logits>> {
        let inputs: [(&str, SessionInputValue); 2] = [
            (
                "input_ids",
                Tensor::from_array((batch.shape, batch.ids.0))?.into(),
            ),
            (
                "attention_mask",
                Tensor::from_array((batch.shape, batch.mask.0))?.into(),
            ),
        ];
        let outputs = self.session.run(Vec::from(inputs))?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}

// ANCHOR: places
fn places(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    let mut places = 1_usize;
    for axis in shape {
        places = places.checked_mul(*axis)?;
    }
    Some(places)
}
// ANCHOR_END: places
