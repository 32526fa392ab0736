// breaks 14: answers are remembered by the ids, whatever the mask was

// ANCHOR: uses
use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use std::collections::HashMap;

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
    seen: HashMap<Vec<i64>, Vec<Logits>>,
}
// ANCHOR_END: classifier

impl Classifier {
    // ANCHOR: load
    /// Loads a model, and refuses one whose inputs are not those of the contract.
    pub fn load(model: &[u8], contract: Contract) -> Result<Classifier, RunError> {
        let environment = runtime::environment().expect("the runtime was looked at before");
        let session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(model))
            .map_err(RunError::Runtime)?;
        let problems = contract.problems_with_model(&session);
        if problems.is_empty() {
            return Ok(Classifier {
                session,
                contract,
                seen: HashMap::new(),
            });
        }
        let declared = session.inputs().iter();
        let wanted: Vec<String> = declared
            .map(|input| format!("{} ({})", input.name(), input.dtype()))
            .collect();
        let wanted = wanted.join(", ");
        Err(RunError::Refused(Refusal { problems, wanted }))
    }
    // ANCHOR_END: load

    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let ids = request.iter().find_map(|given| match &given.values {
            Values::I64(ids) if given.name == "input_ids" => Some(ids.clone()),
            _ => None,
        });
        let ids = ids.unwrap_or_default();
        if let Some(rows) = self.seen.get(&ids) {
            return Ok(rows.clone());
        }
        let rows = self.feed(request).map_err(RunError::Runtime)?;
        self.seen.insert(ids, rows.clone());
        Ok(rows)
    }
    // ANCHOR_END: run
}
