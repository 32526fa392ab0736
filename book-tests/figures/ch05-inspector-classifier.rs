use ort::session::{Session, SessionOutputs};
use ort::value::Tensor;

/// The model's inputs. Fields have names, so that no tensor stands in another's place.
pub struct Inputs {
    pub batch: usize,
    pub seq: usize,
    /// `input_ids: int64 [batch, seq]`
    pub input_ids: Vec<i64>,
    /// `attention_mask: int64 [batch, seq]`
    pub attention_mask: Vec<i64>,
}

/// Gives each input its tensor by name. The outputs, by name as in `outputs["name"]`:
/// - `logits: float32 [batch, 2]`
pub fn run(session: &mut Session, inputs: Inputs) -> ort::Result<SessionOutputs<'_>> {
    session.run(ort::inputs![
        "input_ids" => Tensor::from_array(([inputs.batch, inputs.seq], inputs.input_ids))?,
        "attention_mask" => Tensor::from_array(([inputs.batch, inputs.seq], inputs.attention_mask))?,
    ])
}
