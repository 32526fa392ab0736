// keeps all: the mean of many columns is made on several threads

// ANCHOR: pooled
/// One vector for all hidden states, shape `[sequence, dimension]`.
fn mean(states: &[Vec<f32>]) -> Vec<f32> {
    let mut vector = vec![0.0; states[0].len()];
    let width = vector.len().div_ceil(3);
    std::thread::scope(|scope| {
        for (part, sums) in vector.chunks_mut(width).enumerate() {
            scope.spawn(move || {
                for (column, sum) in sums.iter_mut().enumerate() {
                    let column = part * width + column;
                    let values = states.iter().map(|state| f64::from(state[column]));
                    *sum = (values.sum::<f64>() / states.len() as f64) as f32;
                }
            });
        }
    });
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
