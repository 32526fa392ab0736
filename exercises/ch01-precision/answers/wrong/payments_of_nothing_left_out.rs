// breaks 4: Payments of 0 are left out of the mean.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let paid: Vec<u64> = cents
        .iter()
        .filter(|&&value| value > 0)
        .map(|&value| value.into())
        .collect();
    paid.iter().sum::<u64>() as f64 / paid.len().max(1) as f64
}
// ANCHOR_END: mean
