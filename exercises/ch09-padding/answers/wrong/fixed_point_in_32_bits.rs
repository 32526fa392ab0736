// breaks 2: sums thousandths in 32 bits, which turn over

// ANCHOR: means
/// The mean of each row's tokens; padding is left out, whatever the encoder says of it.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens = mask.iter().filter(|&&bit| bit == 1).count();
        if tokens == 0 {
            return None;
        }
        let mut mean = vec![0_i32; dim];
        for (token, _) in row
            .chunks_exact(dim)
            .zip(mask)
            .filter(|&(_, &bit)| bit == 1)
        {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum = sum.wrapping_add((value * 1e4) as i32);
            }
        }
        Some(
            mean.into_iter()
                .map(|sum| sum as f32 / 1e4 / tokens as f32)
                .collect(),
        )
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
