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

/// The bundled model with `vocabulary` words of its own.
pub fn classifier(vocabulary: usize) -> Model {
    let mut model = bundled();
    let weights = draws(vocabulary as u64, 2 * vocabulary);
    let weights = weights
        .iter()
        .map(|drawn| (drawn % 1000) as f32 / 100.0 - 5.0);
    let embeddings = graph(&mut model).initializer.iter_mut();
    let embeddings = embeddings.filter(|tensor| tensor.name == "embeddings");
    for embeddings in embeddings {
        *embeddings = Tensor {
            dims: vec![vocabulary as i64, 2],
            raw_data: weights.clone().flat_map(f32::to_le_bytes).collect(),
            ..embeddings.clone()
        };
    }
    model
}

/// What a model knows of its words, to compute its logits without a runtime.
pub struct Weights {
    words: Vec<[f64; 2]>,
    mix: Vec<[f64; 2]>,
}

impl Weights {
    /// Those of the bundled model, or of one that was made from it.
    pub fn of(model: &Model) -> Weights {
        let initializers = model.graph.iter().flat_map(|graph| &graph.initializer);
        let pairs_of = |name: &str| {
            let tensor = initializers.clone().find(|tensor| tensor.name == name);
            let bytes = &tensor.expect("the bundled model has it").raw_data;
            let numbers = bytes.as_chunks::<4>().0.iter();
            let numbers: Vec<f64> = numbers
                .map(|bytes| f32::from_le_bytes(*bytes).into())
                .collect();
            numbers.as_chunks::<2>().0.to_vec()
        };
        Weights {
            words: pairs_of("embeddings"),
            mix: pairs_of("mix"),
        }
    }

    /// The logits for a row of ids under a mask: the mean of the words that are not masked, mixed.
    pub fn logits(&self, ids: &[i64], mask: &[i64]) -> Logits {
        let seen = ids.iter().zip(mask).filter(|(_, mask)| **mask == 1);
        let seen: Vec<[f64; 2]> = seen.map(|(id, _)| self.words[*id as usize]).collect();
        let mean = [0, 1].map(|side| {
            let sum: f64 = seen.iter().map(|word| word[side]).sum();
            sum / seen.len().max(1) as f64
        });
        [0, 1].map(|class| (mean[0] * self.mix[0][class] + mean[1] * self.mix[1][class]) as f32)
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
        kind: INTEGER,
    });
    node
}

fn graph(model: &mut Model) -> &mut Graph {
    model.graph.as_mut().expect("the bundled model has a graph")
}
