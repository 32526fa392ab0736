// breaks 4: The history is counted in 16 bits.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let sum: u64 = cents.iter().map(|&value| u64::from(value)).sum();
    match cents.len() as u16 {
        0 => 0.0,
        count => sum as f64 / f64::from(count),
    }
}
// ANCHOR_END: mean
