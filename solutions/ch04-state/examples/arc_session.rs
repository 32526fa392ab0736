//! Does not compile, and is not meant to: the page quotes what the compiler says.

use std::sync::Arc;

use ort::session::Session;
use ort::value::Tensor;

fn judge(session: &Arc<Session>) -> ort::Result<()> {
    let input_ids = Tensor::from_array(([1, 4], vec![2_i64, 1167, 435, 3]))?;
    let attention_mask = Tensor::from_array(([1, 4], vec![1_i64; 4]))?;
    session.run(ort::inputs![input_ids, attention_mask])?;
    Ok(())
}

fn main() {}
