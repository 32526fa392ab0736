// ANCHOR: mean
/// The sum in the type that the model takes, the division in a wider one.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: f32 = cents.iter().map(|&value| value as f32).sum();
    f64::from(sum) / cents.len() as f64
}
// ANCHOR_END: mean
