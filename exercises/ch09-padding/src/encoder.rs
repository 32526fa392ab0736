//! What runs a batch of token ids. Finished: nothing to edit here.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use ort::session::Session;
use ort::value::Tensor;

/// The token ids of several texts, as an encoder takes them. Both lists hold the rows one after the other, so
/// `rows * seq` numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// `[rows, seq]`, neither of them 0.
    pub shape: [usize; 2],
    /// Token ids.
    pub ids: Vec<i64>,
    /// 1 where the encoder is to attend to the id, 0 where it is not.
    pub mask: Vec<i64>,
}

/// What an encoder says of each place of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Hidden {
    /// `[rows, seq, dim]`, the first two those of the batch.
    pub shape: [usize; 3],
    /// `dim` numbers for each place, the rows one after the other.
    pub values: Vec<f32>,
}

/// A model that gives each token numbers which depend on the tokens beside it.
pub trait Encoder {
    /// One run for a whole batch.
    ///
    /// # Errors
    /// What the runtime says.
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError>;
}

/// The runtime's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncoderError(pub String);

impl Display for EncoderError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for EncoderError {}

impl From<ort::Error> for EncoderError {
    fn from(error: ort::Error) -> EncoderError {
        EncoderError(error.to_string())
    }
}

/// An ONNX model with the inputs `input_ids` and `attention_mask` and the output `last_hidden_state`.
pub struct Onnx {
    session: Session,
}

impl Onnx {
    /// Loads a model file.
    ///
    /// # Errors
    /// What the runtime says of the file.
    pub fn load(model: &[u8]) -> Result<Onnx, EncoderError> {
        let environment =
            runtime::environment().map_err(|refusal| EncoderError(refusal.to_string()))?;
        let session = Session::builder(environment)
            .and_then(|mut builder| builder.commit_from_memory(model))?;
        Ok(Onnx { session })
    }
}

impl Encoder for Onnx {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        let tensor = |values: &[i64]| Tensor::from_array((batch.shape, values.to_vec()));
        let outputs = self.session.run(ort::inputs! {
            "input_ids" => tensor(&batch.ids)?,
            "attention_mask" => tensor(&batch.mask)?,
        })?;
        let (shape, values) = outputs["last_hidden_state"].try_extract_tensor::<f32>()?;
        let &[_, _, dim] = &shape[..] else {
            return Err(EncoderError(format!("{shape:?} is not [rows, seq, dim]")));
        };
        Ok(Hidden {
            shape: [batch.shape[0], batch.shape[1], dim as usize],
            values: values.to_vec(),
        })
    }
}
