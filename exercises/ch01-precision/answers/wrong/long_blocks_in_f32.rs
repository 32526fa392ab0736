// breaks 4: Blocks of 65,536 are summed in f32, and the blocks in f64.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: f64 = cents
        .chunks(65_536)
        .map(|block| f64::from(block.iter().map(|&value| value as f32).sum::<f32>()))
        .sum();
    sum / cents.len() as f64
}
// ANCHOR_END: mean
