//! An axis whose length the model fixes is compared by the runtime, before any operator runs.

use onnx_messages::{Dimension, Model};
use ort::session::Session;
use ort::value::Tensor;

#[test]
fn a_fixed_axis_is_compared_by_the_runtime() {
    let mut model = Model::from_bytes(models::CLASSIFIER).unwrap();
    for input in &mut model.graph.as_mut().unwrap().input {
        let kind = input.kind.as_mut().and_then(|kind| kind.tensor.as_mut());
        let shape = kind.and_then(|tensor| tensor.shape.as_mut()).unwrap();
        shape.dim[1] = Dimension {
            size: Some(3),
            symbol: None,
        };
    }
    let environment = runtime::environment().unwrap();
    let mut session = Session::builder(environment)
        .and_then(|mut builder| builder.commit_from_memory(&model.to_bytes()))
        .unwrap();
    let mut run = |columns: usize| {
        let tensor = |value| Tensor::from_array(([1, columns], vec![value; columns])).unwrap();
        let inputs = ort::inputs! {
            "input_ids" => tensor(435_i64),
            "attention_mask" => tensor(1_i64),
        };
        session
            .run(inputs)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(run(3), Ok(()));
    let error = run(4).unwrap_err();
    let compared = if runtime::name().starts_with("ONNX Runtime") {
        "Got invalid dimensions for input"
    } else {
        "Clashing resolution for expression. 3=3 != 4."
    };
    assert!(error.contains(compared), "{error}");
}
