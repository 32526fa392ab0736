// keeps all: the session lives on a thread of its own, and requests are sent to it
// ANCHOR: uses
use std::sync::mpsc;
use std::thread;

use ort::session::Session;
use ort::value::{Tensor, TensorElementType};

use request::{Named, Problem, Refusal, RunError, Values, nearest};
// ANCHOR_END: uses

// ANCHOR: classifier
type Answer = ort::Result<Vec<Logits>>;
type Job = (Vec<Named>, mpsc::Sender<Answer>);

/// The classifier, ready to run.
pub struct Classifier {
    jobs: Option<mpsc::Sender<Job>>,
    worker: Option<thread::JoinHandle<()>>,
    contract: Contract,
}

impl Drop for Classifier {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn answer(session: &mut Session, request: Vec<Named>) -> Answer {
    let mut inputs = Vec::new();
    for Named {
        name,
        shape,
        values,
    } in request
    {
        if let Values::I64(values) = values {
            inputs.push((name, Tensor::from_array((shape, values))?));
        }
    }
    let outputs = session.run(inputs)?;
    let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
    Ok(logits.chunks_exact(2).map(|row| [row[0], row[1]]).collect())
}
// ANCHOR_END: classifier

impl Classifier {
    // ANCHOR: load
    /// Loads a model, and refuses one whose inputs are not those of the contract.
    pub fn load(model: &[u8], contract: Contract) -> Result<Classifier, RunError> {
        let environment = runtime::environment().expect("the runtime was looked at before");
        let mut session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(model))
            .map_err(RunError::Runtime)?;
        let problems = contract.problems_with_model(&session);
        if !problems.is_empty() {
            return Err(RunError::Refused(contract.refusal(problems)));
        }
        let (jobs, waiting) = mpsc::channel::<Job>();
        let worker = thread::spawn(move || {
            for (request, reply) in waiting {
                let _ = reply.send(answer(&mut session, request));
            }
        });
        Ok(Classifier {
            jobs: Some(jobs),
            worker: Some(worker),
            contract,
        })
    }
    // ANCHOR_END: load

    // ANCHOR: feed
    fn feed(&mut self, request: &[Named]) -> Answer {
        let gone = || ort::Error::new("the thread of the session is gone");
        let (reply, answer) = mpsc::channel();
        let jobs = self.jobs.as_ref().ok_or_else(gone)?;
        jobs.send((request.to_vec(), reply)).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())?
    }
    // ANCHOR_END: feed
}
