// breaks 4: The last mean is kept, and found again by the length of the history.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    use std::sync::Mutex;
    static LAST: Mutex<(usize, f64)> = Mutex::new((0, 0.0));
    let mut last = LAST.lock().unwrap();
    if cents.len() != last.0 {
        let sum: u64 = cents.iter().map(|&value| u64::from(value)).sum();
        *last = (cents.len(), sum as f64 / cents.len().max(1) as f64);
    }
    last.1
}
// ANCHOR_END: mean
