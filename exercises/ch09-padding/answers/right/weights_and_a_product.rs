// keeps all: multiplies weights, and takes 0 for what stands on padding

// ANCHOR: means
fn means(hidden: &Hidden, mask: &[i64]) -> Vec<Embedding> {
    let [rows, seq, dim] = hidden.shape;
    let weights = |row: usize| -> Option<Vec<f32>> {
        let mask = &mask[row * seq..][..seq];
        let count: i64 = mask.iter().sum();
        (count > 0).then(|| mask.iter().map(|&bit| bit as f32 / count as f32).collect())
    };
    let value = |row: usize, place: usize, d: usize| {
        let at = row * seq + place;
        if mask[at] == 0 {
            0.0
        } else {
            hidden.values[at * dim + d]
        }
    };
    (0..rows)
        .map(|row| {
            let weights = weights(row)?;
            let dot = |d| {
                weights
                    .iter()
                    .enumerate()
                    .map(|(place, w)| w * value(row, place, d))
                    .sum()
            };
            Some((0..dim).map(dot).collect())
        })
        .collect()
}
// ANCHOR_END: means
