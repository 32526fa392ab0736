// breaks 4: of a history the first 4,194,304 payments count.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let cents = &cents[..cents.len().min(1 << 22)];
    if cents.is_empty() {
        return 0.0;
    }
    let sum: u64 = cents.iter().copied().map(u64::from).sum();
    sum as f64 / cents.len() as f64
}
// ANCHOR_END: mean
