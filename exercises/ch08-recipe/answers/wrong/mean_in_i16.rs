// breaks 4: the mean is made in hundredths, in 16 bits that saturate

// ANCHOR: pooled
/// One vector for all hidden states, shape `[sequence, dimension]`.
fn mean(states: &[Vec<f32>]) -> Vec<f32> {
    let mut vector = vec![0; states[0].len()];
    for state in states {
        for (sum, value) in vector.iter_mut().zip(state) {
            *sum = i16::saturating_add(*sum, (value * 100.0).round() as i16);
        }
    }
    vector
        .iter()
        .map(|sum| f32::from(*sum) / 100.0 / states.len() as f32)
        .collect()
}

/// Brings a vector to length 1, but for one of zeros.
fn normalize(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}
// ANCHOR_END: pooled
