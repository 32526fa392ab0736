// breaks 4: 4096 sums in f32 side by side, added up in f64: each drifts once the history is long.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut lanes = vec![0.0_f32; 4096];
    for chunk in cents.chunks(4096) {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += value as f32;
        }
    }
    lanes.into_iter().map(f64::from).sum::<f64>() / cents.len() as f64
}
// ANCHOR_END: mean
