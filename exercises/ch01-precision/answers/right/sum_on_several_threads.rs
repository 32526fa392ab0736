// keeps all: The history is summed in whole cents on up to four threads.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let part = cents.len().div_ceil(4).max(1024);
    let sum: u64 = std::thread::scope(|scope| {
        let workers: Vec<_> = cents
            .chunks(part)
            .map(|part| {
                scope.spawn(move || part.iter().map(|&value| u64::from(value)).sum::<u64>())
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("a sum of u64 does not panic"))
            .sum()
    });
    sum as f64 / cents.len() as f64
}
// ANCHOR_END: mean
