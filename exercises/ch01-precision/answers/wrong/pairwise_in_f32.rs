// breaks 4: Halves are added in f32: slower to drift, and it does.

// ANCHOR: mean
/// The mean in cents, by halves.
fn mean(cents: &[u32]) -> f64 {
    fn sum(cents: &[u32]) -> f32 {
        match cents {
            [] => 0.0,
            [value] => *value as f32,
            _ => {
                let (left, right) = cents.split_at(cents.len() / 2);
                sum(left) + sum(right)
            }
        }
    }
    f64::from(sum(cents)) / cents.len().max(1) as f64
}
// ANCHOR_END: mean
