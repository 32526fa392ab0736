// keeps all: the mean is moved by each row, the length is found by hypot

// ANCHOR: uses
use minijinja::context;
use tokenizers::Tokenizer;

use recipe::{
    Cache, ChatTemplate, Error, Hit, Message, Model, Pooling, Recipe, Row, jinja, ranked,
};
// ANCHOR_END: uses

// ANCHOR: pooled
/// One vector for all hidden states, shape `[sequence, dimension]`.
fn mean(states: &[Vec<f32>]) -> Vec<f32> {
    let mut vector = vec![0.0_f32; states[0].len()];
    for (state, count) in states.iter().zip(1..) {
        for (sum, value) in vector.iter_mut().zip(state) {
            *sum += (value - *sum) / count as f32;
        }
    }
    vector
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let length = vector
        .iter()
        .fold(0.0, |length: f32, value| length.hypot(*value));
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
// ANCHOR_END: pooled
