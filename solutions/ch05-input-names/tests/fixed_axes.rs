//! Which axes a runtime compares before any operator runs: those whose length the model fixes, and on ort-tract also
//! those that have one name.

use onnx_messages::{Dimension, Model};
use ort::session::Session;
use ort::value::Tensor;

/// Runs ids and a mask of these shapes.
fn run(model: &[u8], ids: [usize; 2], mask: [usize; 2]) -> Result<(), String> {
    let environment = runtime::environment().unwrap();
    let mut session = Session::builder(environment)
        .and_then(|mut builder| builder.commit_from_memory(model))
        .unwrap();
    let tensor = |shape: [usize; 2], value: i64| {
        Tensor::from_array((shape, vec![value; shape[0] * shape[1]])).unwrap()
    };
    let inputs =
        ort::inputs! { "input_ids" => tensor(ids, 435), "attention_mask" => tensor(mask, 1) };
    session
        .run(inputs)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

fn is_onnx_runtime() -> bool {
    runtime::name().starts_with("ONNX Runtime")
}

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
    let model = model.to_bytes();
    assert_eq!(run(&model, [1, 3], [1, 3]), Ok(()));
    let error = run(&model, [1, 4], [1, 4]).unwrap_err();
    let compared = if is_onnx_runtime() {
        "Got invalid dimensions for input"
    } else {
        "Clashing resolution for expression. 3=3 != 4."
    };
    assert!(error.contains(compared), "{error}");
}

#[test]
fn axes_of_one_name_are_compared_by_ort_tract() {
    let answer = run(models::CLASSIFIER, [2, 3], [1, 3]);
    if is_onnx_runtime() {
        assert_eq!(answer, Ok(()));
    } else {
        let error = answer.unwrap_err();
        let compared = "Clashing resolution for expression. batch=2 != 1.";
        assert!(error.contains(compared), "{error}");
    }
}
