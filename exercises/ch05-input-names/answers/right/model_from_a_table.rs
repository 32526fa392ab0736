// keeps all: both sides of the model's contract are tables of name, type and rank, and the difference is told
// ANCHOR: uses
use std::collections::BTreeMap;

use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType, ValueType};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

impl Contract {
    // ANCHOR: model
    /// What is wrong between this contract and the inputs that `session` declares: names, types and ranks.
    pub fn problems_with_model(&self, session: &Session) -> Vec<Problem> {
        type Kinds<'s> = BTreeMap<&'s str, (TensorElementType, usize)>;
        let wanted: Kinds = session
            .inputs()
            .iter()
            .map(|input| match input.dtype() {
                ValueType::Tensor { ty, shape, .. } => (input.name(), (*ty, shape.len())),
                _ => (input.name(), (TensorElementType::Undefined, 0)),
            })
            .collect();
        let fed: Kinds = self
            .inputs
            .iter()
            .map(|input| (input.name.as_str(), (input.element, input.rank)))
            .collect();
        let missing = wanted.keys().filter(|name| !fed.contains_key(*name));
        let mut problems: Vec<Problem> = missing
            .map(|&name| Problem::Missing { name: name.into() })
            .collect();
        for (&name, &(element, rank)) in &fed {
            let name = String::from(name);
            match wanted.get(name.as_str()) {
                None => problems.push(Problem::Unknown {
                    nearest: nearest(&name, wanted.keys().copied()),
                    name,
                }),
                Some(&(type_wanted, rank_wanted)) => {
                    if type_wanted != element {
                        problems.push(Problem::WrongType {
                            name: name.clone(),
                            given: element,
                            wanted: type_wanted,
                        });
                    }
                    if rank_wanted != rank {
                        problems.push(Problem::WrongRank {
                            name,
                            given: rank,
                            wanted: rank_wanted,
                        });
                    }
                }
            }
        }
        problems
    }
    // ANCHOR_END: model
}
