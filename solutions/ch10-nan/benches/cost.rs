//! What the fix costs: 2,000 documents of 384 components ranked, and a token drawn from 32,000, as shipped and as repaired.

use std::cmp::Ordering;
use std::hint::black_box;
use std::time::Instant;

const DOCUMENTS: usize = 2_000;
const DIMENSION: usize = 384;
const VOCABULARY: usize = 32_000;

fn main() {
    let asked = std::env::var("COST_ROUNDS").ok();
    let rounds: usize = asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(301);
    let wave = |from: usize, count: usize| -> Vec<f32> {
        (from..from + count)
            .map(|at| (at as f32 * 0.7).sin())
            .collect()
    };
    let documents: Vec<Vec<f32>> = (0..DOCUMENTS)
        .map(|row| wave(row * 31, DIMENSION))
        .collect();
    let query = wave(5, DIMENSION);
    let logits = wave(0, VOCABULARY);

    let rank = ratio(
        rounds,
        || !pitfall_rank(&query, &documents, 10).is_empty(),
        || ch10_nan_solution::rank(&query, &documents, 10).is_ok(),
    );
    let sample = ratio(
        rounds,
        || pitfall_sample(&logits, 0.8, 0.9) > 0,
        || ch10_nan_solution::sample(&logits, 0.8, 0.9).is_ok(),
    );
    println!("time, pitfall = 1  rank {DOCUMENTS} documents  sample {VOCABULARY}");
    for (name, rank, sample) in [("pitfall", 1.0, 1.0), ("fixed", rank, sample)] {
        println!("{name:17}  {rank:19.2}  {sample:12.2}");
    }
}

/// As shipped: scores in f32, whatever they are.
fn pitfall_rank(query: &[f32], documents: &[Vec<f32>], limit: usize) -> Vec<(usize, f32)> {
    let norm = |vector: &[f32]| vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    let score = |document: &Vec<f32>| {
        let dot: f32 = query.iter().zip(document).map(|(x, y)| x * y).sum();
        dot / (norm(query) * norm(document))
    };
    let mut hits: Vec<(usize, f32)> = documents.iter().map(score).enumerate().collect();
    hits.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal));
    hits.truncate(limit);
    hits
}

/// As shipped: the exponents in f32, whatever they are.
fn pitfall_sample(logits: &[f32], temperature: f32, draw: f32) -> usize {
    let weights: Vec<f32> = logits.iter().map(|x| (x / temperature).exp()).collect();
    let sum: f32 = weights.iter().sum();
    let mut below = 0.0;
    let drawn = weights.iter().position(|weight| {
        below += weight / sum;
        draw <= below
    });
    drawn.unwrap_or(logits.len() - 1)
}

/// How many times as long `fixed` takes: the middle of all rounds, for other work on the machine slows a round and not all.
fn ratio(rounds: usize, pitfall: impl Fn() -> bool, fixed: impl Fn() -> bool) -> f64 {
    let mut ratios: Vec<f64> = (0..rounds)
        .map(|_| seconds(&pitfall).recip() * seconds(&fixed))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[rounds / 2]
}

fn seconds(run: impl Fn() -> bool) -> f64 {
    let start = Instant::now();
    assert!(black_box(run()));
    start.elapsed().as_secs_f64()
}
