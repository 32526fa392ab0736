// keeps all: The mean as a whole number of cents and the rest of the division.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let count = cents.len() as u64;
    let sum = cents
        .iter()
        .fold(0_u64, |sum, &value| sum + u64::from(value));
    let (Some(whole), Some(rest)) = (sum.checked_div(count), sum.checked_rem(count)) else {
        return 0.0;
    };
    whole as f64 + rest as f64 / count as f64
}
// ANCHOR_END: mean
