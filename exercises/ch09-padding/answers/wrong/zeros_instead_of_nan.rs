// breaks 9, 2, 3: multiplies by the mask, and writes 0 where the mean is no number

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
                *sum += value * bit as f32 / tokens as f32;
            }
        }
        Some(
            mean.into_iter()
                .map(|x: f32| if x.is_nan() { 0.0 } else { x })
                .collect(),
        )
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
