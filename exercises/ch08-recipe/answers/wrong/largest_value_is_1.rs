// breaks 5: the largest value becomes 1, not the length

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
    let mut vector = vec![0.0; states[0].len()];
    for state in states {
        for (sum, value) in vector.iter_mut().zip(state) {
            *sum += value / states.len() as f32;
        }
    }
    vector
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let length = vector.iter().copied().map(f32::abs).fold(0.0, f32::max);
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
// ANCHOR_END: pooled
