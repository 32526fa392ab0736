//! What it costs to check a request before each run, on the runtime in use: `cargo bench -p ch05-input-names-solution`.

use std::time::{Duration, Instant};

use ch05_input_names_solution::request::{Named, Values};
use ch05_input_names_solution::{Classifier, Contract};

const BATCH: usize = 8;
const SEQUENCE: usize = 64;

fn main() {
    let rounds = std::env::var("COST_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(200);
    let contract = Contract::new(models::VOCABULARY);
    let mut classifier = Classifier::load(models::CLASSIFIER, contract.clone())
        .unwrap_or_else(|error| panic!("the bundled model is not loaded: {error}"));
    let named = |name: &str, value| Named {
        name: name.into(),
        shape: vec![BATCH, SEQUENCE],
        values: Values::I64(vec![value; BATCH * SEQUENCE]),
    };
    let request = [named("input_ids", 435), named("attention_mask", 1)];

    let run = median(rounds, || {
        assert_eq!(classifier.run(&request).map_or(0, |rows| rows.len()), BATCH);
    });
    let check = median(rounds, || assert!(contract.problems(&request).is_empty()));
    println!("{:24}  of a run", "8 texts of 64 tokens");
    println!("{:24}  {:6.3}", "checked and run", 1.0);
    println!("{:24}  {:6.3}", "the check alone", check / run);
}

fn median(rounds: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[rounds / 2].as_secs_f64()
}
