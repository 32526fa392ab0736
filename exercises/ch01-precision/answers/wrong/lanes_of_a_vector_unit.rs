// breaks 4: Eight sums in f32 side by side, as a vector unit has them.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut lanes = [0.0_f32; 8];
    for (at, &value) in cents.iter().enumerate() {
        lanes[at % 8] += value as f32;
    }
    lanes.into_iter().map(f64::from).sum::<f64>() / cents.len() as f64
}
// ANCHOR_END: mean
