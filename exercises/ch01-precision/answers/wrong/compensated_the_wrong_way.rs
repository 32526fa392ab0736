// breaks 4: A compensated f32 sum that adds what it should subtract.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let (mut sum, mut lost) = (0.0_f32, 0.0_f32);
    for &value in cents {
        let next = value as f32 + lost;
        let larger = sum + next;
        lost = (larger - sum) - next;
        sum = larger;
    }
    f64::from(sum) / cents.len() as f64
}
// ANCHOR_END: mean
