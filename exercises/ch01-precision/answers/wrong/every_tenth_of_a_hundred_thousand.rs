// breaks 4: Of more than a hundred thousand payments, only every tenth is looked at.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let step = if cents.len() > 100_000 { 10 } else { 1 };
    let (mut sum, mut count) = (0_u64, 0_u64);
    for &value in cents.iter().step_by(step) {
        sum += u64::from(value);
        count += 1;
    }
    sum as f64 / count as f64
}
// ANCHOR_END: mean
