//! `classifier.onnx`: the mean of the words' weights, mixed into two logits.

use onnx_messages::{
    Attribute, Dimension, F32, Graph, I64, INTEGER, Model, Node, OperatorSet, Shape, Tensor,
    TensorType, Type, Value,
};

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
    Model {
        // The newest IR version and opset that ONNX Runtime 1.17 and all later ones read.
        ir_version: 8,
        opset_import: vec![OperatorSet {
            domain: String::new(),
            version: 17,
        }],
        producer_name: "cargo test -p models".into(),
        graph: Some(Graph {
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
                value("input_ids", I64, [named("batch"), named("seq")]),
                value("attention_mask", I64, [named("batch"), named("seq")]),
            ],
            output: vec![value("logits", F32, [named("batch"), fixed(2)])],
        }),
    }
}

fn node(op_type: &str, input: &[&str], output: &str) -> Node {
    Node {
        op_type: op_type.into(),
        input: input.iter().map(|&name| name.into()).collect(),
        output: vec![output.into()],
        attribute: vec![],
    }
}

fn with(mut node: Node, attribute: &str, value: i32) -> Node {
    node.attribute.push(Attribute {
        name: attribute.into(),
        i: value.into(),
        kind: INTEGER,
    });
    node
}

fn floats(name: &str, dims: &[i64], values: &[f32]) -> Tensor {
    Tensor {
        name: name.into(),
        dims: dims.to_vec(),
        data_type: F32,
        raw_data: values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect(),
    }
}

fn integers(name: &str, values: &[i64]) -> Tensor {
    Tensor {
        name: name.into(),
        dims: vec![values.len() as i64],
        data_type: I64,
        raw_data: values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect(),
    }
}

fn value(name: &str, element: i32, dim: [Dimension; 2]) -> Value {
    Value {
        name: name.into(),
        kind: Some(Type {
            tensor: Some(TensorType {
                element,
                shape: Some(Shape { dim: dim.into() }),
            }),
        }),
    }
}

fn named(symbol: &str) -> Dimension {
    Dimension {
        size: None,
        symbol: Some(symbol.into()),
    }
}

fn fixed(size: i64) -> Dimension {
    Dimension {
        size: Some(size),
        symbol: None,
    }
}
