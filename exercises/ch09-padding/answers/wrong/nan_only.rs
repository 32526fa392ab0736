// breaks 9: replaces NaN by 0 before it multiplies by the mask; infinite numbers stay

// ANCHOR: means
/// The mean of each row's tokens; padding is left out, whatever the encoder says of it.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens = mask.iter().filter(|&&bit| bit == 1).count();
        if tokens == 0 {
            return None;
        }
        let mut mean = vec![0.0; dim];
        for (token, &bit) in row.chunks_exact(dim).zip(mask) {
            for (sum, value) in mean.iter_mut().zip(token) {
                let value = if value.is_nan() { 0.0 } else { *value };
                *sum += value * bit as f32 / tokens as f32;
            }
        }
        Some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
