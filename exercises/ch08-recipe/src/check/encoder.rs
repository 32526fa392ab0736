//! The bundled encoder on the runtime, as a service runs it.

use std::sync::{Arc, Mutex};

use ort::session::Session;
use ort::value::Tensor;

use crate::recipe::{Error, Model};

/// Its clones share one session.
#[derive(Clone)]
pub struct Encoder {
    session: Arc<Mutex<Session>>,
}

impl Encoder {
    pub fn load() -> Encoder {
        let environment = runtime::environment().expect("the workbook has looked at the runtime");
        let session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(models::ENCODER));
        Encoder {
            session: Arc::new(Mutex::new(session.expect("the bundled model loads"))),
        }
    }

    pub fn states(&self, ids: &[u32]) -> ort::Result<Vec<Vec<f32>>> {
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
        self.states(ids)
            .map_err(|error| Error::Model(error.to_string()))
    }
}
