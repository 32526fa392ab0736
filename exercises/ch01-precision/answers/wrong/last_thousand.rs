// breaks 4: Only the last thousand payments are looked at.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let recent = &cents[cents.len().saturating_sub(1000)..];
    let sum: u64 = recent.iter().map(|&value| u64::from(value)).sum();
    sum as f64 / recent.len() as f64
}
// ANCHOR_END: mean
