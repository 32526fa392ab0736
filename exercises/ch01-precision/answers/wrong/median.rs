// breaks 4: The median instead of the mean.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut sorted = cents.to_vec();
    sorted.sort_unstable();
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    f64::midpoint(low.into(), high.into())
}
// ANCHOR_END: mean
