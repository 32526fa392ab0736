// breaks 4: Each of four threads sums its part in f32.

// ANCHOR: mean
/// The mean in cents.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let part = cents.len().div_ceil(4);
    let sum: f64 = std::thread::scope(|scope| {
        let workers: Vec<_> = cents
            .chunks(part)
            .map(|part| scope.spawn(move || part.iter().map(|&value| value as f32).sum::<f32>()))
            .collect();
        workers
            .into_iter()
            .map(|worker| f64::from(worker.join().unwrap()))
            .sum()
    });
    sum / cents.len() as f64
}
// ANCHOR_END: mean
