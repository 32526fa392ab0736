// breaks 4: Neighbours are added in f32, level by level.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut level: Vec<f32> = cents.iter().map(|&value| value as f32).collect();
    while level.len() > 1 {
        level = level.chunks(2).map(|pair| pair.iter().sum()).collect();
    }
    f64::from(level[0]) / cents.len() as f64
}
// ANCHOR_END: mean
