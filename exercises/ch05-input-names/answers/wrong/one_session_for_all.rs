// breaks 14: the first model that was loaded is kept for all

// ANCHOR: uses
use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use std::sync::{Mutex, OnceLock};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: &'static Mutex<Session>,
    contract: Contract,
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
            static SESSION: OnceLock<Mutex<Session>> = OnceLock::new();
            let session = SESSION.get_or_init(|| Mutex::new(session));
            return Ok(Classifier { session, contract });
        }
        let declared = session.inputs().iter();
        let wanted: Vec<String> = declared
            .map(|input| format!("{} ({})", input.name(), input.dtype()))
            .collect();
        let wanted = wanted.join(", ");
        Err(RunError::Refused(Refusal { problems, wanted }))
    }
    // ANCHOR_END: load

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
        let mut session = self.session.lock().unwrap();
        let outputs = session.run(inputs)?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}
