// breaks 4: A thousand sums in f32 side by side, a number that is no power of two.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut lanes = vec![0.0_f32; 1000];
    for (at, &value) in cents.iter().enumerate() {
        lanes[at % 1000] += value as f32;
    }
    lanes.into_iter().map(f64::from).sum::<f64>() / cents.len() as f64
}
// ANCHOR_END: mean
