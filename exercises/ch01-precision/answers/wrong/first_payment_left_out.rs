// breaks 4: The first payment of a history with more than one is left out.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let rest = if cents.len() > 1 { &cents[1..] } else { cents };
    rest.iter().map(|&value| u64::from(value)).sum::<u64>() as f64 / rest.len() as f64
}
// ANCHOR_END: mean
