// breaks 4: Blocks of 128 with eight lanes each, then halves: what numerical libraries do, in f32.

// ANCHOR: mean
/// The mean in cents, by halves down to blocks of 128.
fn mean(cents: &[u32]) -> f64 {
    fn sum(cents: &[u32]) -> f32 {
        if cents.len() <= 128 {
            let mut lanes = [0.0_f32; 8];
            for (at, &value) in cents.iter().enumerate() {
                lanes[at % 8] += value as f32;
            }
            let [a, b, c, d, e, f, g, h] = lanes;
            return ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
        let half = (cents.len() / 2).next_multiple_of(8);
        sum(&cents[..half]) + sum(&cents[half..])
    }
    f64::from(sum(cents)) / cents.len().max(1) as f64
}
// ANCHOR_END: mean
