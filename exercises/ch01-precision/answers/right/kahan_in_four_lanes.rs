// keeps all: Four compensated f32 sums side by side.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let (mut sums, mut lost) = ([0.0_f32; 4], [0.0_f32; 4]);
    for chunk in cents.chunks(4) {
        for (lane, &value) in chunk.iter().enumerate() {
            let next = value as f32 - lost[lane];
            let larger = sums[lane] + next;
            lost[lane] = (larger - sums[lane]) - next;
            sums[lane] = larger;
        }
    }
    sums.iter().map(|&sum| f64::from(sum)).sum::<f64>() / cents.len() as f64
}
// ANCHOR_END: mean
