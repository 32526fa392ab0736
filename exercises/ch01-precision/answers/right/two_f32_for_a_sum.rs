// keeps all: The sum is held as two f32, and no addition loses anything that matters.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let (mut high, mut low) = (0.0_f32, 0.0_f32);
    for &value in cents {
        let value = value as f32;
        let sum = high + value;
        let back = sum - high;
        low += (high - (sum - back)) + (value - back);
        high = sum + low;
        low -= high - sum;
    }
    (f64::from(high) + f64::from(low)) / cents.len() as f64
}
// ANCHOR_END: mean
