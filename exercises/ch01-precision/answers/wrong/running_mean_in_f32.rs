// breaks 4: A running mean in f32.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let mut mean = 0.0_f32;
    for (before, &value) in cents.iter().enumerate() {
        mean += (value as f32 - mean) / (before + 1) as f32;
    }
    mean.into()
}
// ANCHOR_END: mean
