//! The mean of ten million cents, summed in f32, f64 and u64: what it costs and what comes out.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Sums cents and gives the sum as f64.
type Sum = fn(&[u32]) -> f64;

fn main() {
    let rounds = std::env::var("COST_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let rounds: usize = rounds.unwrap_or(15);
    let cents = vec![12_345_u32; 10_000_000];
    let count = cents.len() as f64;
    let sums: [(&str, Sum); 3] = [
        ("f32", |cents| {
            f64::from(cents.iter().map(|&value| value as f32).sum::<f32>())
        }),
        ("f64", |cents| {
            cents.iter().map(|&value| f64::from(value)).sum()
        }),
        ("u64", |cents| {
            cents.iter().map(|&value| u64::from(value)).sum::<u64>() as f64
        }),
    ];
    let measured = sums.map(|(name, sum)| {
        let mut times: Vec<Duration> = (0..rounds)
            .map(|_| {
                let start = Instant::now();
                black_box(sum(black_box(&cents)));
                start.elapsed()
            })
            .collect();
        times.sort();
        (name, sum(&cents) / count, times[rounds / 2])
    });
    let f32_time = measured[0].2.as_secs_f64();
    println!("sum in  mean of 10,000,000 times 12,345  time, f32 = 1");
    for (name, mean, time) in measured {
        println!(
            "{name}     {mean:30.3}  {:14.2}",
            time.as_secs_f64() / f32_time
        );
    }
}
