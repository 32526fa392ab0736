// breaks 2: another name is told without the one that was meant

// ANCHOR: uses
use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values, nearest as _};
// ANCHOR_END: uses

impl Contract {
    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for given in request {
            if !self.names().any(|name| is_named(given, name)) {
                problems.push(self.unknown(&given.name));
            }
        }
        let [ids, mask] = self.inputs.each_ref().map(|input| {
            let mut given = request.iter().filter(|given| is_named(given, &input.name));
            let name = input.name.clone();
            match (given.next(), given.next()) {
                (Some(given), None) => {
                    problems.extend(input.problems(given));
                    return Some(given);
                }
                (None, _) => problems.push(Problem::Missing { name }),
                (Some(_), Some(_)) => problems.push(Problem::Duplicate { name }),
            }
            None
        });
        if let (Some(ids), Some(mask)) = (ids, mask)
            && !of_one_shape(ids, mask)
        {
            problems.push(Problem::ShapesDiffer {
                name: mask.name.clone(),
                given: mask.shape.clone(),
                wanted: ids.shape.clone(),
            });
        }
        problems
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(|input| input.name.as_str())
    }

    fn unknown(&self, name: &str) -> Problem {
        Problem::Unknown {
            name: name.into(),
            nearest: None,
        }
    }
    // ANCHOR_END: problems

    // ANCHOR: model
    /// What is wrong between this contract and the inputs that `session` declares: names, types and
    /// ranks. [`Problem::Missing`] is an input of the model that the contract does not feed,
    /// [`Problem::Unknown`] one of the contract that the model does not have.
    pub fn problems_with_model(&self, session: &Session) -> Vec<Problem> {
        let declared = session.inputs();
        let mut problems = Vec::new();
        for input in &self.inputs {
            let name = input.name.clone();
            let Some(declared) = declared.iter().find(|declared| declared.name() == name) else {
                problems.push(Problem::Unknown {
                    nearest: None,
                    name,
                });
                continue;
            };
            // A sequence or a map of tensors has neither of the two.
            let kind = declared.dtype();
            let element = kind.tensor_type().unwrap_or(TensorElementType::Undefined);
            if element != input.element {
                problems.push(Problem::WrongType {
                    name: name.clone(),
                    given: input.element,
                    wanted: element,
                });
            }
            let rank = kind.tensor_shape().map_or(0, |shape| shape.len());
            if rank != input.rank {
                problems.push(Problem::WrongRank {
                    name,
                    given: input.rank,
                    wanted: rank,
                });
            }
        }
        for declared in declared {
            if !self.names().any(|name| name == declared.name()) {
                problems.push(Problem::Missing {
                    name: declared.name().into(),
                });
            }
        }
        problems
    }
    // ANCHOR_END: model
}
