//! The bundled encoder on the runtime, as a service runs it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use ort::session::Session;
use ort::value::Tensor;

use crate::recipe::{Error, Model};

type Known = HashMap<Vec<u32>, Vec<Vec<f32>>>;

/// Its clones share one session, and note what it has run on.
#[derive(Clone)]
pub struct Encoder {
    session: Arc<Mutex<Session>>,
    runs: Arc<Mutex<Vec<Vec<u32>>>>,
    /// The hidden states that the session has made, by their ids.
    known: Arc<Mutex<Known>>,
}

impl Encoder {
    pub fn load() -> Encoder {
        let environment = runtime::environment().expect("the workbook has looked at the runtime");
        let session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(models::ENCODER));
        Encoder {
            session: Arc::new(Mutex::new(session.expect("the bundled model loads"))),
            runs: Arc::default(),
            known: Arc::default(),
        }
    }

    /// The ids of each run of a service since the last call.
    pub fn runs(&self) -> Vec<Vec<u32>> {
        std::mem::take(&mut self.runs.lock().expect("nobody panics with it"))
    }

    /// The hidden states of these ids. They are the same in every run, so the session makes them once.
    pub fn states(&self, ids: &[u32]) -> ort::Result<Vec<Vec<f32>>> {
        let mut known = self.known.lock().expect("no run panics");
        if let Some(states) = known.get(ids) {
            return Ok(states.clone());
        }
        let states = self.run_session(ids)?;
        known.insert(ids.to_vec(), states.clone());
        Ok(states)
    }

    fn run_session(&self, ids: &[u32]) -> ort::Result<Vec<Vec<f32>>> {
        let shape = [1, ids.len()];
        let ids: Vec<i64> = ids.iter().map(|&id| id.into()).collect();
        let mask = Tensor::from_array((shape, vec![1_i64; ids.len()]))?;
        let ids = Tensor::from_array((shape, ids))?;
        let mut session = self.session.lock().expect("no run panics");
        let outputs = session.run(ort::inputs! {
            "input_ids" => ids,
            "attention_mask" => mask,
        })?;
        let (_, states) = outputs["last_hidden_state"].try_extract_tensor::<f32>()?;
        Ok(states
            .chunks_exact(models::DIM)
            .map(<[f32]>::to_vec)
            .collect())
    }
}

impl Model for Encoder {
    fn run(&mut self, ids: &[u32]) -> Result<Vec<Vec<f32>>, Error> {
        let mut runs = self.runs.lock().expect("nobody panics with it");
        runs.push(ids.to_vec());
        drop(runs);
        self.states(ids)
            .map_err(|error| Error::Model(error.to_string()))
    }
}
