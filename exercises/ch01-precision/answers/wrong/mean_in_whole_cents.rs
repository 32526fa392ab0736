// breaks 4: The mean is cut to whole cents.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: u64 = cents.iter().map(|&value| u64::from(value)).sum();
    (sum / cents.len() as u64) as f64
}
// ANCHOR_END: mean
