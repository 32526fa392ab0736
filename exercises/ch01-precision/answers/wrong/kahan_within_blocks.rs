// breaks 4: Compensated within blocks of 256, and the blocks are added in plain f32.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let mut total = 0.0_f32;
    for block in cents.chunks(256) {
        let (mut sum, mut lost) = (0.0_f32, 0.0_f32);
        for &value in block {
            let next = value as f32 - lost;
            let larger = sum + next;
            lost = (larger - sum) - next;
            sum = larger;
        }
        total += sum;
    }
    f64::from(total) / cents.len() as f64
}
// ANCHOR_END: mean
