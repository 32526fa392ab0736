//! `classifier.onnx`: the mean of the words' weights, mixed into two logits.

use onnx_messages::{F32, Graph, I64, Model};

use crate::graph::{fixed, floats, integers, model, named, node, value, with};
use crate::vocabulary::Vocabulary;

/// From how ill and how well the words speak to negative and positive.
const MIX: [f32; 4] = [5.0, -1.25, -1.25, 5.0];

/// The model, as `classifier.onnx` holds it.
pub fn made(vocabulary: &Vocabulary) -> Model {
    let weights: Vec<f32> = vocabulary
        .tokens()
        .iter()
        .flat_map(|token| token.weights)
        .collect();
    let tokens = vocabulary.len() as i64;
    model(Graph {
        name: "classifier".into(),
        node: vec![
            node("Gather", &["embeddings", "input_ids"], "words"), // [batch, seq, 2]
            with(node("Cast", &["attention_mask"], "mask"), "to", F32), // [batch, seq]
            node("Unsqueeze", &["mask", "last_axis"], "mask_of_words"), // [batch, seq, 1]
            node("Mul", &["words", "mask_of_words"], "real_words"),
            with(
                node("ReduceSum", &["real_words", "seq_axis"], "sum"),
                "keepdims",
                0,
            ), // [batch, 2]
            with(
                node("ReduceSum", &["mask", "seq_axis"], "length"),
                "keepdims",
                1,
            ), // [batch, 1]
            // A row of padding only has logits of 0, not NaN.
            node("Max", &["length", "one"], "divisor"),
            node("Div", &["sum", "divisor"], "mean"),
            node("MatMul", &["mean", "mix"], "logits"),
        ],
        initializer: vec![
            floats("embeddings", &[tokens, 2], &weights),
            floats("mix", &[2, 2], &MIX),
            floats("one", &[1], &[1.0]),
            integers("seq_axis", &[1]),
            integers("last_axis", &[2]),
        ],
        input: vec![
            value("input_ids", I64, &[named("batch"), named("seq")]),
            value("attention_mask", I64, &[named("batch"), named("seq")]),
        ],
        output: vec![value("logits", F32, &[named("batch"), fixed(2)])],
    })
}
