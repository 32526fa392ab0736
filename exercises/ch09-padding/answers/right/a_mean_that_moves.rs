// keeps all: moves the mean towards each token by its share

// ANCHOR: means
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    let mut means = Vec::with_capacity(rows);
    for row in 0..rows {
        let mut mean = vec![0.0_f64; dim];
        let mut count = 0_u64;
        for place in row * seq..(row + 1) * seq {
            if mask[place] == 0 {
                continue;
            }
            count += 1;
            for d in 0..dim {
                mean[d] += (f64::from(hidden.values[place * dim + d]) - mean[d]) / count as f64;
            }
        }
        means.push((count > 0).then(|| mean.iter().map(|&x| x as f32).collect()));
    }
    means
}
// ANCHOR_END: means
