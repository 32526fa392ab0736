// keeps all: Sums from the end with checked arithmetic, and tells an overflow that cannot come.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let sum = cents
        .iter()
        .rev()
        .try_fold(0_u64, |sum, &value| sum.checked_add(value.into()))
        .expect("2^32 values below 2^32 are below 2^64");
    if cents.is_empty() {
        0.0
    } else {
        sum as f64 / cents.len() as f64
    }
}
// ANCHOR_END: mean
