use ort::session::{Session, SessionOutputs};
use ort::value::Tensor;

/// The model's inputs. Fields have names, so that no tensor stands in another's place.
pub struct Inputs {
    pub any_rank_shape: Vec<usize>,
    pub past_sequence_length_1: usize,
    pub batch_2: usize,
    pub input_0_quoted_axis_0: usize,
    pub input_0_quoted_axis_1: usize,
    pub words_2: usize,
    /// `scalar: float32 []`
    pub scalar: f32,
    /// `any rank: int32 of any rank`
    pub any_rank: Vec<i32>,
    /// `type: bool [past_sequence_length + 1, batch, batch]`
    pub type_2: Vec<bool>,
    /// `batch: float64 [1, 3]`
    pub batch: Vec<f64>,
    /// `0/"quoted"\: uint8 [?, 0]`
    pub input_0_quoted: Vec<u8>,
    /// `words: string [words]`
    pub words: Vec<String>,
}

/// Gives each input its tensor by name. The outputs, by name as in `outputs["name"]`:
/// - `scores: float32 [batch, 2]`
pub fn run(session: &mut Session, inputs: Inputs) -> ort::Result<SessionOutputs<'_>> {
    session.run(ort::inputs![
        "scalar" => Tensor::from_array(([0_usize; 0], vec![inputs.scalar]))?,
        "any rank" => Tensor::from_array((inputs.any_rank_shape, inputs.any_rank))?,
        "type" => Tensor::from_array(([inputs.past_sequence_length_1, inputs.batch_2, inputs.batch_2], inputs.type_2))?,
        "batch" => Tensor::from_array(([1_usize, 3_usize], inputs.batch))?,
        "0/\"quoted\"\\" => Tensor::from_array(([inputs.input_0_quoted_axis_0, inputs.input_0_quoted_axis_1], inputs.input_0_quoted))?,
        "words" => Tensor::from_string_array(([inputs.words_2], &*inputs.words))?,
    ])
}
