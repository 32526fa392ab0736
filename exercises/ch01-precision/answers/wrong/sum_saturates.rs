// breaks 4: The sum stands still at 2^32 cents.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum = cents
        .iter()
        .fold(0_u32, |sum, &value| sum.saturating_add(value));
    f64::from(sum) / cents.len() as f64
}
// ANCHOR_END: mean
