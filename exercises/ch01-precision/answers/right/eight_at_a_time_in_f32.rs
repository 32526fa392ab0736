// keeps all: Eight values are added in f32, which loses half a millionth at most; the eights are added in f64.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: f64 = cents
        .chunks(8)
        .map(|eight| f64::from(eight.iter().map(|&value| value as f32).sum::<f32>()))
        .sum();
    sum / cents.len() as f64
}
// ANCHOR_END: mean
