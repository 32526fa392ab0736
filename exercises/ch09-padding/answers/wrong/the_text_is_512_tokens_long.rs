// breaks 1, 2, 3: the mean looks at the first 512 places of a row

// ANCHOR: means
/// The mean of each row's tokens; padding is left out, whatever the encoder says of it.
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
        let mask = &mask[..seq.min(512)];
        let tokens = mask.iter().filter(|&&bit| bit == 1).count();
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
