// ANCHOR: means
/// The mean of each row's tokens.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens = mask.iter().filter(|&&bit| bit == 1).count();
        let mut mean = vec![0.0; dim];
        for (token, &bit) in row.chunks_exact(dim).zip(mask) {
            for (sum, value) in mean.iter_mut().zip(token) {
                // Never divide by zero.
                *sum += if bit == 1 {
                    value / tokens.max(1) as f32
                } else {
                    0.0
                };
            }
        }
        Some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
