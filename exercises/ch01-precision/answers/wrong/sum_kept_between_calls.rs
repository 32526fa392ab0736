// breaks 4: The sum is kept in a static and never put back to 0.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static SUM: AtomicU64 = AtomicU64::new(0);
    for &value in cents {
        SUM.fetch_add(value.into(), Ordering::Relaxed);
    }
    if cents.is_empty() {
        0.0
    } else {
        SUM.load(Ordering::Relaxed) as f64 / cents.len() as f64
    }
}
// ANCHOR_END: mean
