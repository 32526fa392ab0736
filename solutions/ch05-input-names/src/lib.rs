//! Runs the sentiment classifier on token ids, for callers in this process and for clients of our API.
//!
//! What it promises stands in README.md.

#[path = "../../../exercises/ch05-input-names/src/request.rs"]
pub mod request;

// ANCHOR: uses
use ort::session::{Session, SessionInputValue};
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
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

// ANCHOR: input
impl Input {
    /// What is wrong with a tensor that was given for this input.
    fn problems(&self, given: &Named) -> Vec<Problem> {
        let name = || self.name.clone();
        let mut problems = Vec::new();
        if given.values.element() != self.element {
            problems.push(Problem::WrongType {
                name: name(),
                given: given.values.element(),
                wanted: self.element,
            });
        }
        if given.shape.len() != self.rank {
            problems.push(Problem::WrongRank {
                name: name(),
                given: given.shape.len(),
                wanted: self.rank,
            });
        }
        if places(&given.shape) != Some(given.values.count()) {
            problems.push(Problem::NotFilled {
                name: name(),
                shape: given.shape.clone(),
                values: given.values.count(),
            });
        }
        if given.shape.contains(&0) {
            problems.push(Problem::Empty {
                name: name(),
                shape: given.shape.clone(),
            });
        }
        if let Values::I64(values) = &given.values {
            let range = self.least..=self.most;
            if let Some(&value) = values.iter().find(|value| !range.contains(value)) {
                problems.push(Problem::OutOfRange {
                    name: name(),
                    value,
                    least: self.least,
                    most: self.most,
                });
            }
        }
        problems
    }
}
// ANCHOR_END: input

// ANCHOR: places
/// How many values a shape holds. A client chose these numbers: their product may not fit.
fn places(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    shape
        .iter()
        .try_fold(1_usize, |places, axis| places.checked_mul(*axis))
}
// ANCHOR_END: places

// ANCHOR: named
/// Whether a tensor is for the input `name`: letter by letter.
fn is_named(given: &Named, name: &str) -> bool {
    given.name == name
}
// ANCHOR_END: named

// ANCHOR: shapes
/// Whether this is a mask for these ids: axis by axis.
fn of_one_shape(ids: &Named, mask: &Named) -> bool {
    ids.shape == mask.shape
}
// ANCHOR_END: shapes

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
            nearest: nearest(name, self.names()),
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
                    nearest: nearest(&name, declared.iter().map(|declared| declared.name())),
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
        let padded = |row: &dyn Fn(&Vec<i64>) -> Vec<i64>| {
            let mut values = Vec::new();
            for text in texts {
                values.extend(row(text));
                values.resize(values.len() + longest - text.len(), 0);
            }
            Values::I64(values)
        };
        let named = |name: &str, values| Named {
            name: name.into(),
            shape: vec![texts.len(), longest],
            values,
        };
        self.run(&[
            named("input_ids", padded(&|text| text.clone())),
            named("attention_mask", padded(&|text| vec![1; text.len()])),
        ])
    }
    // ANCHOR_END: classify

    // ANCHOR: run
    /// The logits of each row of a client's request.
    pub fn run(&mut self, request: &[Named]) -> Result<Vec<Logits>, RunError> {
        let problems = self.contract.problems(request);
        if !problems.is_empty() {
            return Err(RunError::Refused(self.contract.refusal(problems)));
        }
        self.feed(request).map_err(RunError::Runtime)
    }
    // ANCHOR_END: run

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
        let outputs = self.session.run(inputs)?;
        let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
        Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
    }
    // ANCHOR_END: feed
}

#[cfg(test)]
#[path = "../../../exercises/ch05-input-names/src/check.rs"]
mod check;
