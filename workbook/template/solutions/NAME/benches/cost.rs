//! What the fix costs: ten million divisions of each kind, in one run.

use std::hint::black_box;
use std::time::Instant;

const CALLS: usize = 10_000_000;

fn main() {
    let rounds = std::env::var("COST_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(15);
    let down = median(rounds, |requests, size| requests / size);
    let up = median(rounds, IDENT_solution::batches);
    println!("rounded  time, pitfall = 1");
    println!("down     {:17.2}", 1.0);
    println!("up       {:17.2}", up / down);
}

/// Seconds of the middle round.
fn median(rounds: usize, batches: fn(usize, usize) -> usize) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            for requests in 0..CALLS {
                black_box(batches(black_box(requests), black_box(8)));
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}
