// breaks 4: Histories of up to 64 values are summed in f32, longer ones in u64.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum = if cents.len() <= 64 {
        f64::from(cents.iter().map(|&value| value as f32).sum::<f32>())
    } else {
        cents.iter().map(|&value| u64::from(value)).sum::<u64>() as f64
    };
    sum / cents.len() as f64
}
// ANCHOR_END: mean
