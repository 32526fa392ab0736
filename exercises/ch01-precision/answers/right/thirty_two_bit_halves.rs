// keeps all: The history is summed as high and low halves of its values, each in u64.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let (high, low) = cents.iter().fold((0_u64, 0_u64), |(high, low), &value| {
        (
            high + u64::from(value >> 16),
            low + u64::from(value & 0xFFFF),
        )
    });
    (high as f64 * 65_536.0 + low as f64) / cents.len() as f64
}
// ANCHOR_END: mean
