// breaks 4: A card without a history is refused.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    cents.iter().map(|&value| u64::from(value)).sum::<u64>() as f64 / cents.len() as f64
}
// ANCHOR_END: mean
