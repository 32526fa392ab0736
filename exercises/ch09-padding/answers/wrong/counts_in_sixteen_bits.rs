// breaks 1, 2, 4, 10: counts tokens in 16 bits, which turn over at 65,536

// ANCHOR: means
/// The mean of each row's tokens; padding is left out, whatever the encoder says of it.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let tokens = mask
            .iter()
            .fold(0_u16, |sum, &bit| sum.wrapping_add(bit as u16));
        if tokens == 0 {
            return None;
        }
        let mut mean = vec![0.0; dim];
        for (token, _) in row
            .chunks_exact(dim)
            .zip(mask)
            .filter(|&(_, &bit)| bit == 1)
        {
            for (sum, value) in mean.iter_mut().zip(token) {
                *sum += value / tokens as f32;
            }
        }
        Some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
