// breaks 4: Adds by recursion, one frame of the stack for each payment.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    fn sum(cents: &[u32]) -> u64 {
        match cents.split_first() {
            None => 0,
            Some((&first, rest)) => sum(rest) + u64::from(first),
        }
    }
    sum(cents) as f64 / cents.len().max(1) as f64
}
// ANCHOR_END: mean
