// breaks 4: Blocks of 1,024 are summed in f64, and the blocks in f32.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: f32 = cents
        .chunks(1024)
        .map(|block| block.iter().map(|&value| f64::from(value)).sum::<f64>() as f32)
        .sum();
    f64::from(sum) / cents.len() as f64
}
// ANCHOR_END: mean
