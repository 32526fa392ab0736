// keeps all: a request is parsed into a batch, and what the parser finds are the problems
// ANCHOR: input
/// A request that keeps the contract.
struct Batch<'r> {
    rows: usize,
    columns: usize,
    ids: &'r [i64],
    mask: &'r [i64],
}

/// What was found on the way, sorted and each once.
#[derive(Default)]
struct Found(std::collections::BTreeMap<String, Problem>);

impl Found {
    fn add(&mut self, problem: Problem) {
        self.0.insert(problem.to_string(), problem);
    }
}

impl Contract {
    fn parse<'r>(&self, request: &'r [Named]) -> Result<Batch<'r>, Vec<Problem>> {
        let mut found = Found::default();
        let known = || self.inputs.iter().map(|input| &input.name[..]);
        request
            .iter()
            .filter(|given| known().all(|name| name != given.name))
            .for_each(|given| {
                found.add(Problem::Unknown {
                    name: given.name.clone(),
                    nearest: nearest(&given.name, known()),
                })
            });
        let [ids, mask] = [0, 1].map(|at| self.parse_one(&self.inputs[at], request, &mut found));
        if let (Some((ids, _)), Some((mask, _))) = (ids, mask)
            && ids != mask
        {
            found.add(Problem::ShapesDiffer {
                name: self.inputs[1].name.clone(),
                given: mask.to_vec(),
                wanted: ids.to_vec(),
            });
        }
        match (ids, mask) {
            (Some((&[rows, columns], ids)), Some((_, mask))) if found.0.is_empty() => Ok(Batch {
                rows,
                columns,
                ids,
                mask,
            }),
            _ => Err(found.0.into_values().collect()),
        }
    }

    fn parse_one<'r>(
        &self,
        input: &Input,
        request: &'r [Named],
        found: &mut Found,
    ) -> Option<(&'r [usize], &'r [i64])> {
        let name = &input.name;
        let given = match request
            .iter()
            .filter(|given| given.name == *name)
            .collect::<Vec<_>>()[..]
        {
            [] => {
                found.add(Problem::Missing { name: name.clone() });
                return None;
            }
            [given] => given,
            _ => {
                found.add(Problem::Duplicate { name: name.clone() });
                return None;
            }
        };
        let Named { shape, values, .. } = given;
        if shape.len() != input.rank {
            found.add(Problem::WrongRank {
                name: name.clone(),
                given: shape.len(),
                wanted: input.rank,
            });
        }
        let mut places = Some(1_usize);
        for axis in shape.iter().filter(|axis| **axis != 0) {
            places = places.and_then(|places| places.checked_mul(*axis));
        }
        if shape.contains(&0) {
            places = Some(0);
            found.add(Problem::Empty {
                name: name.clone(),
                shape: shape.clone(),
            });
        }
        if places.is_none_or(|places| places != values.count()) {
            found.add(Problem::NotFilled {
                name: name.clone(),
                shape: shape.clone(),
                values: values.count(),
            });
        }
        let Values::I64(values) = values else {
            found.add(Problem::WrongType {
                name: name.clone(),
                given: values.element(),
                wanted: input.element,
            });
            return Some((shape, &[]));
        };
        for &value in values {
            if value.clamp(input.least, input.most) != value {
                found.add(Problem::OutOfRange {
                    name: name.clone(),
                    value,
                    least: input.least,
                    most: input.most,
                });
            }
        }
        Some((shape, values))
    }
}
// ANCHOR_END: input

// ANCHOR: places
// ANCHOR_END: places

// ANCHOR: named
// ANCHOR_END: named

// ANCHOR: shapes
// ANCHOR_END: shapes

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        self.parse(request).err().unwrap_or_default()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }
    // ANCHOR_END: problems
}

impl Classifier {
    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        match self.contract.parse(request) {
            Ok(batch) => Self::feed(&mut self.session, batch).map_err(RunError::Runtime),
            Err(problems) => Err(RunError::Refused(self.contract.refusal(problems))),
        }
    }
    // ANCHOR_END: run

    // ANCHOR: feed
    fn feed(session: &mut Session, batch: Batch<'_>) -> ort::Result<Vec<Logits>> {
        let shape = [batch.rows, batch.columns];
        let tensor = |values: &[i64]| Tensor::from_array((shape, values.to_vec()));
        let inputs: Vec<(&str, SessionInputValue)> = vec![
            ("attention_mask", tensor(batch.mask)?.into()),
            ("input_ids", tensor(batch.ids)?.into()),
        ];
        let outputs = session.run(inputs)?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}
