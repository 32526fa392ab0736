// ANCHOR: means
/// The mean of each row's tokens.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens: i64 = mask.iter().sum();
        let mut mean = vec![0.0; dim];
        for (token, &bit) in row.chunks_exact(dim).zip(mask) {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum += value * bit as f32 / tokens as f32;
            }
        }
        (tokens > 0).then_some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
