// breaks 4: The second half is added onto the first in f32, again and again, as a GPU reduces.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut level: Vec<f32> = cents.iter().map(|&value| value as f32).collect();
    while level.len() > 1 {
        let half = level.len().div_ceil(2);
        for at in half..level.len() {
            level[at - half] += level[at];
        }
        level.truncate(half);
    }
    f64::from(level[0]) / cents.len() as f64
}
// ANCHOR_END: mean
