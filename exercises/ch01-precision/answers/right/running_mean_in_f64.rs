// keeps all: A running mean, so no large sum is ever held.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    cents
        .iter()
        .zip(1_u32..)
        .fold(0.0, |mean, (&value, count)| {
            mean + (f64::from(value) - mean) / f64::from(count)
        })
}
// ANCHOR_END: mean
