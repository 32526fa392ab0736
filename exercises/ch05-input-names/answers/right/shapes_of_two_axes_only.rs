// keeps all: shapes are compared only where both have two axes, and the last value out of range is told
// ANCHOR: input
impl Input {
    fn problems(&self, given: &Named) -> Vec<Problem> {
        let (name, shape) = (self.name.clone(), given.shape.clone());
        let (values, element) = (given.values.count(), given.values.element());
        let outside = match &given.values {
            Values::I64(all) => all
                .iter()
                .rev()
                .copied()
                .find(|id| *id < self.least || *id > self.most),
            _ => None,
        };
        let wide = shape
            .iter()
            .fold(1_u128, |places, axis| places.saturating_mul(*axis as u128));
        let all = [
            (element != self.element).then(|| Problem::WrongType {
                name: name.clone(),
                given: element,
                wanted: self.element,
            }),
            (shape.len() != self.rank).then(|| Problem::WrongRank {
                name: name.clone(),
                given: shape.len(),
                wanted: self.rank,
            }),
            (wide != values as u128).then(|| Problem::NotFilled {
                name: name.clone(),
                shape: shape.clone(),
                values,
            }),
            shape.contains(&0).then(|| Problem::Empty {
                name: name.clone(),
                shape: shape.clone(),
            }),
            outside.map(|value| Problem::OutOfRange {
                name: name.clone(),
                value,
                least: self.least,
                most: self.most,
            }),
        ];
        all.into_iter().flatten().collect()
    }
}
// ANCHOR_END: input

// ANCHOR: places
// ANCHOR_END: places

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let of = |input: &Input| -> Vec<&Named> {
            request
                .iter()
                .filter(|given| given.name == input.name)
                .collect()
        };
        let strange = request
            .iter()
            .filter(|given| self.names().all(|name| name != given.name));
        let strange = strange.map(|given| Problem::Unknown {
            name: given.name.clone(),
            nearest: nearest(&given.name, self.names()),
        });
        let each = self
            .inputs
            .iter()
            .flat_map(|input| match of(input).as_slice() {
                [] => vec![Problem::Missing {
                    name: input.name.clone(),
                }],
                [one] => input.problems(one),
                [_, ..] => vec![Problem::Duplicate {
                    name: input.name.clone(),
                }],
            });
        let [ids, mask] = self.inputs.each_ref().map(of);
        let differ = match (&ids[..], &mask[..]) {
            ([ids], [mask]) if ids.shape.len() == 2 && mask.shape.len() == 2 => {
                (ids.shape != mask.shape).then(|| Problem::ShapesDiffer {
                    name: mask.name.clone(),
                    given: mask.shape.clone(),
                    wanted: ids.shape.clone(),
                })
            }
            _ => None,
        };
        strange.chain(each).chain(differ).collect()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }
    // ANCHOR_END: problems
}
