//! What the bundled models are written with.

use onnx_messages::{
    Attribute, Dimension, F32, Graph, I64, INTEGER, INTEGERS, Model, Node, OperatorSet, Shape,
    Tensor, TensorType, Type, Value,
};

/// The model of this graph. Its IR version and opset are the newest that ONNX Runtime 1.17 and all
/// later ones read.
pub fn model(graph: Graph) -> Model {
    Model {
        ir_version: 8,
        opset_import: vec![OperatorSet {
            domain: String::new(),
            version: 17,
        }],
        producer_name: "cargo test -p models".into(),
        graph: Some(graph),
    }
}

pub fn node(op_type: &str, input: &[&str], output: &str) -> Node {
    Node {
        op_type: op_type.into(),
        input: input.iter().map(|&name| name.into()).collect(),
        output: vec![output.into()],
        attribute: vec![],
    }
}

pub fn with(mut node: Node, attribute: &str, value: i32) -> Node {
    node.attribute.push(Attribute {
        name: attribute.into(),
        i: value.into(),
        ints: vec![],
        kind: INTEGER,
    });
    node
}

pub fn with_list(mut node: Node, attribute: &str, values: &[i64]) -> Node {
    node.attribute.push(Attribute {
        name: attribute.into(),
        i: 0,
        ints: values.to_vec(),
        kind: INTEGERS,
    });
    node
}

pub fn floats(name: &str, dims: &[i64], values: &[f32]) -> Tensor {
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

pub fn integers(name: &str, values: &[i64]) -> Tensor {
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

pub fn value(name: &str, element: i32, dim: &[Dimension]) -> Value {
    Value {
        name: name.into(),
        kind: Some(Type {
            tensor: Some(TensorType {
                element,
                shape: Some(Shape { dim: dim.to_vec() }),
            }),
        }),
    }
}

pub fn named(symbol: &str) -> Dimension {
    Dimension {
        size: None,
        symbol: Some(symbol.into()),
    }
}

pub fn fixed(size: i64) -> Dimension {
    Dimension {
        size: Some(size),
        symbol: None,
    }
}
