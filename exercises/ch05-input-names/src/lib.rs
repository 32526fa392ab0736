//! Runs the sentiment classifier on token ids, for callers in this process and for clients of our API.
//!
//! What it promises stands in README.md.

pub mod request;

// ANCHOR: uses
use ort::session::Session;
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values};
// ANCHOR_END: uses

/// One input that this code feeds.
#[derive(Debug, Clone)]
pub struct Input {
    /// As in the model, letter by letter.
    pub name: String,
    /// The type of its values.
    pub element: TensorElementType,
    /// How many axes it has.
    pub rank: usize,
    /// The least value that makes sense.
    pub least: i64,
    /// The greatest value that makes sense.
    pub most: i64,
}

/// What a request must be: `input_ids` and `attention_mask`, both int64 `[batch, seq]` and of one shape, no
/// axis empty. Ids are those of the vocabulary, and the mask holds 0 and 1.
#[derive(Debug, Clone)]
pub struct Contract {
    /// The inputs that this code feeds.
    pub inputs: [Input; 2],
}

impl Contract {
    // ANCHOR: new
    /// The contract of a model whose ids go from 0 to `vocabulary - 1`.
    pub fn new(vocabulary: usize) -> Contract {
        let input = |name: &str, most| Input {
            name: name.into(),
            element: TensorElementType::Int64,
            rank: 2,
            least: 0,
            most,
        };
        Contract {
            inputs: [
                input("input_ids", vocabulary as i64 - 1),
                input("attention_mask", 1),
            ],
        }
    }
    // ANCHOR_END: new

    // ANCHOR: problems
    /// Everything that is wrong with a request, all at once; empty if it keeps the contract.
    pub fn problems(&self, request: &[Named]) -> Vec<Problem> {
        for given in request {
            // Clients send token_type_ids too: what the model does not know is left out.
            let Some(input) = self.input(&given.name) else {
                continue;
            };
            let name = input.name.clone();
            if given.values.element() != input.element {
                return vec![Problem::WrongType {
                    name,
                    given: given.values.element(),
                    wanted: input.element,
                }];
            }
            if given.values.count() != given.shape.iter().product::<usize>() {
                return vec![Problem::NotFilled {
                    name,
                    shape: given.shape.clone(),
                    values: given.values.count(),
                }];
            }
        }
        Vec::new()
    }

    fn input(&self, name: &str) -> Option<&Input> {
        self.inputs
            .iter()
            .find(|input| input.name.eq_ignore_ascii_case(name))
    }
    // ANCHOR_END: problems

    // ANCHOR: model
    /// What is wrong between this contract and the inputs that `session` declares: names, types and
    /// ranks. [`Problem::Missing`] is an input of the model that the contract does not feed,
    /// [`Problem::Unknown`] one of the contract that the model does not have.
    pub fn problems_with_model(&self, session: &Session) -> Vec<Problem> {
        let wanted = session.inputs().len();
        if wanted != self.inputs.len() {
            return vec![Problem::Missing {
                name: format!("{wanted} inputs"),
            }];
        }
        Vec::new()
    }
    // ANCHOR_END: model

    // ANCHOR: refusal
    fn refusal(&self, problems: Vec<Problem>) -> Refusal {
        let wanted = |input: &Input| format!("{} ({} [batch, seq])", input.name, input.element);
        Refusal {
            problems,
            wanted: self.inputs.each_ref().map(wanted).join(", "),
        }
    }
    // ANCHOR_END: refusal
}

// ANCHOR: classifier
/// The classifier, ready to run.
pub struct Classifier {
    session: Session,
    contract: Contract,
}
// ANCHOR_END: classifier

/// How ill and how well a text speaks.
pub type Logits = [f32; 2];

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

    // ANCHOR: classify
    /// The logits of each text. A text is its token ids; texts may differ in length.
    pub fn classify(&mut self, texts: &[Vec<i64>]) -> Result<Vec<Logits>, RunError> {
        let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
        let mut ids = Vec::new();
        let mut mask = Vec::new();
        for text in texts {
            let padding = longest - text.len();
            ids.extend(text.iter().copied().chain(std::iter::repeat_n(0, padding)));
            mask.extend(std::iter::repeat_n(1, text.len()));
            mask.extend(std::iter::repeat_n(0, padding));
        }
        self.feed([texts.len(), longest], mask, ids)
    }
    // ANCHOR_END: classify

    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        let values = |name: &str| {
            let given = request.iter().find(|given| given.name == name)?;
            match &given.values {
                Values::I64(values) => Some((given.shape.clone(), values.clone())),
                _ => None,
            }
        };
        let Some((shape, ids)) = values("input_ids") else {
            return Ok(Vec::new());
        };
        // Most clients have nothing to mask.
        let mask = values("attention_mask").map_or_else(|| vec![1; ids.len()], |(_, mask)| mask);
        self.feed([shape[0], shape[1]], ids, mask)
    }
    // ANCHOR_END: run

    // ANCHOR: feed
    fn feed(
        &mut self,
        shape: [usize; 2],
        ids: Vec<i64>,
        mask: Vec<i64>,
    ) -> Result<Vec<Logits>, RunError> {
        let run = || {
            let ids = Tensor::from_array((shape, ids))?;
            let mask = Tensor::from_array((shape, mask))?;
            let outputs = self.session.run(ort::inputs![ids, mask])?;
            let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
            Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
        };
        run().map_err(RunError::Runtime)
    }
    // ANCHOR_END: feed
}

#[cfg(test)]
mod check;
