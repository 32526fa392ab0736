// breaks 2: sums four numbers at once and forgets those that are left

// ANCHOR: means
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [_, seq, dim] = hidden.shape;
    let mean = |(row, mask): (&[f32], &[i64])| {
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
            for (sums, values) in mean.chunks_exact_mut(4).zip(token.chunks_exact(4)) {
                for lane in 0..4 {
                    sums[lane] += values[lane] / tokens as f32;
                }
            }
        }
        Some(mean)
    };
    let rows = hidden.values.chunks_exact(seq * dim);
    rows.zip(mask.chunks_exact(seq)).map(mean).collect()
}
// ANCHOR_END: means
