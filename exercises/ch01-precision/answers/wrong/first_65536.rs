// breaks 4: Only the first 65,536 payments are looked at.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let start = &cents[..cents.len().min(65_536)];
    let sum: u64 = start.iter().map(|&value| u64::from(value)).sum();
    sum as f64 / start.len() as f64
}
// ANCHOR_END: mean
