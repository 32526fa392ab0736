// breaks 4: Summed in f32 with the smallest first.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut sorted = cents.to_vec();
    sorted.sort_unstable();
    f64::from(sorted.iter().map(|&value| value as f32).sum::<f32>()) / cents.len() as f64
}
// ANCHOR_END: mean
