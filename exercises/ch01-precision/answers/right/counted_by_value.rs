// keeps all: The history is counted by value before it is added up.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    let mut counts = std::collections::BTreeMap::<u32, u128>::new();
    for &value in cents {
        *counts.entry(value).or_default() += 1;
    }
    let sum: u128 = counts
        .iter()
        .map(|(&value, count)| u128::from(value) * count)
        .sum();
    sum as f64 / cents.len().max(1) as f64
}
// ANCHOR_END: mean
