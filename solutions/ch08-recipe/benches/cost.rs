//! What a fingerprint costs, against the name of the model.

use std::hint::black_box;
use std::time::Instant;

use ch08_recipe_solution::recipe::{Pooling, Recipe};

const CALLS: usize = 100_000;

fn main() {
    let rounds = std::env::var("COST_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(15);
    let name = median(rounds, |recipe| recipe.model.clone());
    let all = median(rounds, Recipe::fingerprint);
    println!("fingerprint  time, pitfall = 1");
    println!("name         {:17.2}", 1.0);
    println!("all          {:17.2}", all / name);
}

/// Seconds of the middle round.
fn median(rounds: usize, fingerprint: fn(&Recipe) -> String) -> f64 {
    let recipe = Recipe {
        model: "encoder".into(),
        query_prefix: "query: ".into(),
        passage_prefix: "passage: ".into(),
        pooling: Pooling::Mean,
        normalize: true,
    };
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..CALLS {
                black_box(fingerprint(black_box(&recipe)));
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[rounds / 2]
}
