// breaks 4: 262,144 sums in f32 side by side.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut lanes = vec![0.0_f32; 1 << 18];
    for (at, &value) in cents.iter().enumerate() {
        lanes[at % (1 << 18)] += value as f32;
    }
    lanes.into_iter().map(f64::from).sum::<f64>() / cents.len() as f64
}
// ANCHOR_END: mean
