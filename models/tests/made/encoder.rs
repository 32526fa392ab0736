//! `encoder.onnx`: one layer of attention over the tokens, as an exporter writes it.

use onnx_messages::{F32, Graph, I64, Model};

use crate::graph::{fixed, floats, integers, model, named, node, value, with, with_list};
use crate::vocabulary::{Token, Vocabulary};

const DIM: usize = models::DIM;

/// The model, as `encoder.onnx` holds it.
pub fn made(vocabulary: &Vocabulary) -> Model {
    let embeddings: Vec<f32> = vocabulary.tokens().iter().flat_map(embedding).collect();
    let tokens = vocabulary.len() as i64;
    let dim = DIM as i64;
    model(Graph {
        name: "encoder".into(),
        node: vec![
            node("Gather", &["embeddings", "input_ids"], "words"), // [batch, seq, dim]
            node("MatMul", &["words", "query"], "queries"),
            node("MatMul", &["words", "key"], "keys"),
            node("MatMul", &["words", "value"], "values"),
            with_list(
                node("Transpose", &["keys"], "turned_keys"), // [batch, dim, seq]
                "perm",
                &[0, 2, 1],
            ),
            node("MatMul", &["queries", "turned_keys"], "products"), // [batch, seq, seq]
            node("Mul", &["products", "scale"], "scores"),
            // 0 for a token, the least number that there is for padding: its share will be exactly 0.
            with(node("Cast", &["attention_mask"], "mask"), "to", F32), // [batch, seq]
            node("Sub", &["one", "mask"], "padding"),
            node("Mul", &["padding", "least"], "row_bias"),
            node("Unsqueeze", &["row_bias", "query_axis"], "bias"), // [batch, 1, seq]
            node("Add", &["scores", "bias"], "masked_scores"),
            with(
                node("Softmax", &["masked_scores"], "shares"), // [batch, seq, seq]
                "axis",
                -1,
            ),
            node("MatMul", &["shares", "values"], "context"), // [batch, seq, dim]
            node("Add", &["words", "context"], "last_hidden_state"),
        ],
        initializer: vec![
            floats("embeddings", &[tokens, dim], &embeddings),
            floats("query", &[dim, dim], &weights("query")),
            floats("key", &[dim, dim], &weights("key")),
            floats("value", &[dim, dim], &weights("value")),
            floats("scale", &[1], &[1.0 / (DIM as f32).sqrt()]),
            floats("one", &[1], &[1.0]),
            floats("least", &[1], &[f32::MIN]),
            integers("query_axis", &[1]),
        ],
        input: vec![
            value("input_ids", I64, &[named("batch"), named("seq")]),
            value("attention_mask", I64, &[named("batch"), named("seq")]),
        ],
        output: vec![value(
            "last_hidden_state",
            F32,
            &[named("batch"), named("seq"), fixed(dim)],
        )],
    })
}

/// How ill and how well the token speaks, and six numbers that tell it from all others.
fn embedding(token: &Token) -> [f32; DIM] {
    let mut embedding = numbers(&token.text);
    embedding[..2].copy_from_slice(&token.weights.map(|weight| weight / 4.0));
    embedding
}

fn weights(name: &str) -> Vec<f32> {
    let row = |row: usize| numbers(&format!("{name} {row}"));
    (0..DIM).flat_map(row).collect()
}

/// Numbers from -1 to 1 that look random, the same for the same text on each machine: steps of 1/64, which a
/// float holds exactly.
fn numbers(text: &str) -> [f32; DIM] {
    // FNV-1a, then a step of SplitMix64 for each number.
    let mut state = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    [0; DIM].map(|_| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((mixed ^ (mixed >> 31)) % 129) as f32 - 64.0) / 64.0
    })
}
