// breaks 4: A mean of the means of blocks: the last block is shorter and weighs as much.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let blocks: Vec<f64> = cents
        .chunks(1024)
        .map(|block| block.iter().map(|&value| f64::from(value)).sum::<f64>() / block.len() as f64)
        .collect();
    blocks.iter().sum::<f64>() / blocks.len() as f64
}
// ANCHOR_END: mean
