//! Models for the checks, made from the bundled one.

use onnx_messages::{
    Attribute, Dimension, F32, Graph, I32, I64, INTEGER, Model, Node, Shape, Tensor, TensorType,
    Type, U8, Value,
};
use ort::value::TensorElementType;

use super::expected::Declared;
use super::requests::draws;
use crate::Logits;

/// The bundled model.
pub fn bundled() -> Model {
    Model::from_bytes(models::CLASSIFIER).expect("the bundled model is one")
}

/// The bundled model with `vocabulary` words of its own, others for each seed, and with a bias: a row of padding has
/// logits of its own.
pub fn classifier(vocabulary: usize, seed: u64) -> Model {
    let mut model = bundled();
    let bytes = |count: usize, seed: u64| {
        let drawn = draws(seed, count).into_iter();
        let weights = drawn.map(|drawn| (drawn % 1000) as f32 / 100.0 - 5.0);
        weights.flat_map(f32::to_le_bytes).collect::<Vec<u8>>()
    };
    let Graph {
        node, initializer, ..
    } = graph(&mut model);
    let bias = Tensor {
        dims: vec![2],
        data_type: F32,
        name: BIAS.into(),
        raw_data: bytes(2, !seed),
    };
    for embeddings in initializer.iter_mut() {
        if embeddings.name == "embeddings" {
            embeddings.dims = vec![vocabulary as i64, 2];
            embeddings.raw_data = bytes(2 * vocabulary, seed);
        }
    }
    initializer.push(bias);
    for last in node.iter_mut().filter(|node| node.output == ["logits"]) {
        last.output = vec!["mixed".into()];
    }
    node.push(operator("Add", &["mixed", BIAS], "logits"));
    model
}

const BIAS: &str = "bias";

/// What a model knows of its words, to compute its logits without a runtime.
pub struct Weights {
    words: Vec<[f64; 2]>,
    mix: Vec<[f64; 2]>,
    bias: [f64; 2],
}

impl Weights {
    /// Those of the bundled model, or of one that was made from it.
    pub fn of(model: &Model) -> Weights {
        let initializers = model.graph.iter().flat_map(|graph| &graph.initializer);
        let pairs_of = |name: &str| {
            let tensors = initializers.clone().filter(|tensor| tensor.name == name);
            let bytes = tensors.flat_map(|tensor| tensor.raw_data.as_chunks::<4>().0);
            let numbers: Vec<f64> = bytes
                .map(|bytes| f32::from_le_bytes(*bytes).into())
                .collect();
            numbers.as_chunks::<2>().0.to_vec()
        };
        Weights {
            words: pairs_of("embeddings"),
            mix: pairs_of("mix"),
            // The bundled model has none.
            bias: pairs_of(BIAS).first().copied().unwrap_or_default(),
        }
    }

    /// The logits for a row of ids under a mask: the mean of the words that are not masked, mixed, and the bias.
    pub fn logits(&self, ids: &[i64], mask: &[i64]) -> Logits {
        let seen = ids.iter().zip(mask).filter(|(_, mask)| **mask == 1);
        let seen: Vec<[f64; 2]> = seen.map(|(id, _)| self.words[*id as usize]).collect();
        let mean = [0, 1].map(|side| {
            let sum: f64 = seen.iter().map(|word| word[side]).sum();
            sum / seen.len().max(1) as f64
        });
        [0, 1].map(|class| {
            let mixed = mean[0] * self.mix[0][class] + mean[1] * self.mix[1][class];
            (mixed + self.bias[class]) as f32
        })
    }
}

/// The same model, which declares the mask before the ids.
pub fn mask_first(mut model: Model) -> Model {
    graph(&mut model).input.reverse();
    model
}

/// The same model, for requests of this shape only.
pub fn of_shape(mut model: Model, shape: [usize; 2]) -> Model {
    for input in &mut graph(&mut model).input {
        let dim = shape.map(|axis| Dimension {
            size: Some(axis as i64),
            symbol: None,
        });
        let tensor = input.kind.as_mut().and_then(|kind| kind.tensor.as_mut());
        tensor.expect("the inputs are tensors").shape = Some(Shape { dim: dim.into() });
    }
    model
}

/// A model that declares these inputs, and adds up all that they hold.
pub fn declaring(inputs: &[Declared]) -> Model {
    let mut model = bundled();
    let Graph {
        node,
        initializer,
        input,
        output,
        ..
    } = graph(&mut model);
    initializer.clear();
    node.clear();
    let mut sums = Vec::new();
    for (at, (name, _, rank)) in inputs.iter().enumerate() {
        let (float, sum) = (format!("float_{at}"), format!("sum_{at}"));
        let cast = operator("Cast", &[name], &float);
        node.push(with(cast, "to", F32));
        if *rank == 0 {
            sums.push(float);
        } else {
            let reduce = operator("ReduceSum", &[&float], &sum);
            node.push(with(reduce, "keepdims", 0));
            sums.push(sum);
        }
    }
    let sums: Vec<&str> = sums.iter().map(String::as_str).collect();
    node.push(operator("Sum", &sums, "logits"));
    *input = inputs.iter().enumerate().map(declared).collect();
    let sum = ("logits".into(), TensorElementType::Float32, 0);
    *output = vec![declared((inputs.len(), &sum))];
    model
}

fn declared((at, (name, element, rank)): (usize, &Declared)) -> Value {
    let element = match element {
        TensorElementType::Float32 => F32,
        TensorElementType::Int32 => I32,
        TensorElementType::Uint8 => U8,
        _ => I64,
    };
    let axes = (0..*rank).map(|axis| Dimension {
        size: None,
        symbol: Some(format!("axis_{axis}_of_{at}")),
    });
    let tensor = TensorType {
        element,
        shape: Some(Shape {
            dim: axes.collect(),
        }),
    };
    Value {
        name: name.clone(),
        kind: Some(Type {
            tensor: Some(tensor),
        }),
    }
}

fn operator(op_type: &str, input: &[&str], output: &str) -> Node {
    Node {
        op_type: op_type.into(),
        input: input.iter().map(|name| String::from(*name)).collect(),
        output: vec![output.into()],
        attribute: vec![],
    }
}

fn with(mut node: Node, attribute: &str, value: i32) -> Node {
    node.attribute.push(Attribute {
        name: attribute.into(),
        i: value.into(),
        ints: vec![],
        kind: INTEGER,
    });
    node
}

fn graph(model: &mut Model) -> &mut Graph {
    model.graph.as_mut().expect("the bundled model has a graph")
}
