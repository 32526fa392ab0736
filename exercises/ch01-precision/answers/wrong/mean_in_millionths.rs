// breaks 4: The mean is a whole number of millionths of a cent.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: u128 = cents.iter().map(|&value| u128::from(value)).sum();
    (sum * 1_000_000 / cents.len() as u128) as f64 / 1e6
}
// ANCHOR_END: mean
