// breaks 4: the mean of long texts gives later tokens more weight

// ANCHOR: pooled
/// One vector for all hidden states, shape `[sequence, dimension]`.
fn mean(states: &[Vec<f32>]) -> Vec<f32> {
    let mut vector = vec![0.0; states[0].len()];
    let all = (states.len() * (states.len() + 1) / 2) as f32;
    for (state, weight) in states.iter().zip(1..) {
        for (sum, value) in vector.iter_mut().zip(state) {
            *sum += value * weight as f32 / all;
        }
    }
    vector
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
// ANCHOR_END: pooled
