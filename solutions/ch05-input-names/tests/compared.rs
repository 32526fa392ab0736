//! What a session compares before any operator runs: names, types, ranks, the axes whose length the model fixes, and on
//! ort-tract also those that have one name. And what only an operator finds.

use onnx_messages::{Dimension, Model};
use ort::session::{Session, SessionInputValue};
use ort::value::Tensor;

type Inputs = Vec<(&'static str, SessionInputValue<'static>)>;

fn run(model: &[u8], inputs: Inputs) -> Result<(), String> {
    let environment = runtime::environment().unwrap();
    let mut session = Session::builder(environment)
        .and_then(|mut builder| builder.commit_from_memory(model))
        .unwrap();
    let answer = session.run(inputs).map(|_| ());
    answer.map_err(|error| error.to_string())
}

fn tensor(shape: &[usize], value: i64) -> SessionInputValue<'static> {
    let values = vec![value; shape.iter().product()];
    Tensor::from_array((shape, values)).unwrap().into()
}

fn ids_and_mask(ids: &[usize], mask: &[usize]) -> Inputs {
    // Before the first tensor: `ort` would look for a library of its own.
    runtime::environment().unwrap();
    vec![
        ("input_ids", tensor(ids, 435)),
        ("attention_mask", tensor(mask, 1)),
    ]
}

fn is_onnx_runtime() -> bool {
    runtime::name().starts_with("ONNX Runtime")
}

/// Fails with what ONNX Runtime says, or ort-tract.
fn fails_with(answer: Result<(), String>, onnx_runtime: &str, ort_tract: &str) {
    let error = answer.unwrap_err();
    let said = if is_onnx_runtime() {
        onnx_runtime
    } else {
        ort_tract
    };
    assert!(error.contains(said), "{error}");
}

#[test]
fn names_types_and_ranks_are_compared_by_the_runtime() {
    let mut misspelled = ids_and_mask(&[1, 5], &[1, 5]);
    misspelled[0].0 = "input_id";
    fails_with(
        run(models::CLASSIFIER, misspelled),
        "Invalid input name: input_id",
        "No node found for name: \"input_id\"",
    );
    let mut int32 = ids_and_mask(&[1, 5], &[1, 5]);
    int32[0].1 = Tensor::from_array(([1, 5], vec![435_i32; 5]))
        .unwrap()
        .into();
    fails_with(
        run(models::CLASSIFIER, int32),
        "Unexpected input data type",
        "incorrect dtype or shape",
    );
    fails_with(
        run(models::CLASSIFIER, ids_and_mask(&[5], &[5])),
        "Invalid rank for input: input_ids",
        "incorrect dtype or shape",
    );
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
    assert_eq!(run(&model, ids_and_mask(&[1, 3], &[1, 3])), Ok(()));
    fails_with(
        run(&model, ids_and_mask(&[1, 4], &[1, 4])),
        "Got invalid dimensions for input",
        "Clashing resolution for expression. 3=3 != 4.",
    );
}

#[test]
fn axes_of_one_name_are_compared_by_ort_tract_or_else_by_an_operator() {
    let stretched = run(models::CLASSIFIER, ids_and_mask(&[2, 3], &[1, 3]));
    if is_onnx_runtime() {
        assert_eq!(stretched, Ok(()));
    } else {
        fails_with(
            stretched,
            "",
            "Clashing resolution for expression. batch=2 != 1.",
        );
    }
    // What cannot be stretched.
    fails_with(
        run(models::CLASSIFIER, ids_and_mask(&[1, 5], &[1, 4])),
        "while running Mul node",
        "Clashing resolution for expression. seq=5 != 4.",
    );
}

#[test]
fn what_is_missing_is_found_by_the_operator_that_reads_it() {
    let mut missing = ids_and_mask(&[1, 5], &[1, 5]);
    missing.truncate(1);
    fails_with(
        run(models::CLASSIFIER, missing),
        "while running Cast node",
        "\"attention_mask\" Source",
    );
    let mut missing = ids_and_mask(&[1, 5], &[1, 5]);
    missing.remove(0);
    fails_with(
        run(models::CLASSIFIER, missing),
        "while running Gather node",
        "\"input_ids\" Source",
    );
}
