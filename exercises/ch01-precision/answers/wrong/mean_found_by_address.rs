// breaks 4: The last mean is kept and found again by the address and the length of the history.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    use std::sync::Mutex;
    static LAST: Mutex<Option<(usize, usize, f64)>> = Mutex::new(None);
    let key = (cents.as_ptr() as usize, cents.len());
    let mut last = LAST.lock().unwrap();
    match *last {
        Some((at, length, mean)) if (at, length) == key => mean,
        _ => {
            let sum: u64 = cents.iter().map(|&value| u64::from(value)).sum();
            let mean = sum as f64 / cents.len().max(1) as f64;
            *last = Some((key.0, key.1, mean));
            mean
        }
    }
}
// ANCHOR_END: mean
