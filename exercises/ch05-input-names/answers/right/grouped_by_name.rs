// keeps all: tensors are grouped by name in a map, and every copy of a repeated one is looked at
// ANCHOR: uses
use std::collections::BTreeMap;

use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

// ANCHOR: input
impl Input {
    fn look_at(&self, given: &Named, problems: &mut Vec<Problem>) {
        let name = || self.name.clone();
        let Named { shape, values, .. } = given;
        if values.element() != self.element {
            let (given, wanted) = (values.element(), self.element);
            problems.push(Problem::WrongType {
                name: name(),
                given,
                wanted,
            });
        }
        if shape.len() != self.rank {
            let (given, wanted) = (shape.len(), self.rank);
            problems.push(Problem::WrongRank {
                name: name(),
                given,
                wanted,
            });
        }
        if places(shape) != Some(values.count()) {
            problems.push(Problem::NotFilled {
                name: name(),
                shape: shape.clone(),
                values: values.count(),
            });
        }
        if shape.iter().any(|axis| *axis == 0) {
            problems.push(Problem::Empty {
                name: name(),
                shape: shape.clone(),
            });
        }
        let whole: Vec<i64> = match values {
            Values::I64(values) => values.clone(),
            Values::I32(values) => values.iter().copied().map(i64::from).collect(),
            Values::F32(_) => Vec::new(),
        };
        for value in whole {
            if value < self.least || self.most < value {
                problems.push(Problem::OutOfRange {
                    name: name(),
                    value,
                    least: self.least,
                    most: self.most,
                });
            }
        }
    }
}
// ANCHOR_END: input

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut copies: BTreeMap<&str, Vec<&Named>> = BTreeMap::new();
        for given in request {
            copies.entry(&given.name).or_default().push(given);
        }
        let mut problems = Vec::new();
        for input in &self.inputs {
            let of_this = copies.remove(input.name.as_str()).unwrap_or_default();
            match of_this.len() {
                0 => problems.push(Problem::Missing {
                    name: input.name.clone(),
                }),
                1 => {}
                _ => problems.push(Problem::Duplicate {
                    name: input.name.clone(),
                }),
            }
            for given in of_this {
                input.look_at(given, &mut problems);
            }
        }
        for name in copies.into_keys() {
            let nearest = nearest(name, self.inputs.iter().map(|input| input.name.as_str()));
            problems.push(Problem::Unknown {
                name: name.into(),
                nearest,
            });
        }
        let [ids, mask] = &self.inputs;
        let of = |input: &Input| -> Vec<&Named> {
            let given = request.iter().filter(|given| given.name == input.name);
            given.collect()
        };
        for mask in of(mask) {
            for ids in of(ids).iter().filter(|ids| ids.shape != mask.shape) {
                problems.push(Problem::ShapesDiffer {
                    name: mask.name.clone(),
                    given: mask.shape.clone(),
                    wanted: ids.shape.clone(),
                });
            }
        }
        problems
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }
    // ANCHOR_END: problems
}
