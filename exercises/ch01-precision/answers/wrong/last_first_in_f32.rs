// breaks 4: Summed in f32 from the end.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    f64::from(cents.iter().rev().map(|&value| value as f32).sum::<f32>()) / cents.len() as f64
}
// ANCHOR_END: mean
