// breaks 4: Values from 2^31 on are taken for negative.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: i64 = cents.iter().map(|&value| i64::from(value as i32)).sum();
    sum as f64 / cents.len() as f64
}
// ANCHOR_END: mean
