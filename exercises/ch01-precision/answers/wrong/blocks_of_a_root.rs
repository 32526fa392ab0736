// breaks 4: As many blocks as each has values, all in f32.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let block = (cents.len() as f64).sqrt().ceil() as usize;
    let sum: f32 = cents
        .chunks(block)
        .map(|block| block.iter().map(|&value| value as f32).sum::<f32>())
        .sum();
    f64::from(sum) / cents.len() as f64
}
// ANCHOR_END: mean
