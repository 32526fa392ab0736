// keeps all: divided by the largest value before the squares are made, and added in pairs

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

fn squares(vector: &[f32]) -> f32 {
    match vector {
        [] => 0.0,
        [value] => value * value,
        _ => {
            let (one, other) = vector.split_at(vector.len() / 2);
            squares(one) + squares(other)
        }
    }
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let largest = vector.iter().copied().map(f32::abs).fold(0.0, f32::max);
    if largest == 0.0 {
        return;
    }
    vector.iter_mut().for_each(|value| *value /= largest);
    let length = squares(vector).sqrt();
    vector.iter_mut().for_each(|value| *value /= length);
}
// ANCHOR_END: pooled
