//! What the fix costs, and what two wrong fixes cost: 16 texts of 4 to 64 tokens, in one call each.

use std::cell::Cell;
use std::hint::black_box;
use std::time::Instant;

use ch09_padding_solution::encoder::{Batch, Encoder, EncoderError, Hidden, Onnx};
use ch09_padding_solution::{Embedder, Embedding, Settings, Side};

const WIDTH: usize = 512;
const PAD_ID: i64 = 0;

fn main() {
    let rounds = std::env::var("COST_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(25);
    let texts: Vec<Vec<i64>> = (1..=16).map(|text| vec![100; 4 * text]).collect();
    // Where padding is text, the fixed code does what the shipped code does.
    let padded = |width: usize| {
        let mut texts = texts.clone();
        texts.iter_mut().for_each(|text| text.resize(width, PAD_ID));
        texts
    };
    let (alike, wide) = (padded(64), padded(WIDTH));
    let work = Work::default();
    let encoder = Counted {
        onnx: Onnx::load(models::ENCODER).unwrap_or_else(|error| panic!("{error}")),
        work: &work,
    };
    let settings = Settings {
        max_tokens: WIDTH,
        pad_id: PAD_ID,
        side: Side::Right,
    };
    let mut embedder = Embedder::new(encoder, settings);
    let mut calls: [(&str, Call); 4] = [
        (
            "padding is text, as shipped",
            Box::new(|by| call(by, &alike)),
        ),
        ("padding is masked", Box::new(|by| call(by, &texts))),
        ("each row is 512 wide", Box::new(|by| call(by, &wide))),
        (
            "one text at a time",
            Box::new(|by| texts.chunks(1).for_each(|text| call(by, text))),
        ),
    ];
    let mut times = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        for ((_, run), times) in calls.iter_mut().zip(&mut times) {
            let start = Instant::now();
            run(&mut embedder);
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let medians = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[rounds / 2]
    });
    println!("16 texts in a call            time, masked = 1    runs   places");
    for ((name, run), median) in calls.iter_mut().zip(medians) {
        work.runs.set(0);
        work.places.set(0);
        run(&mut embedder);
        println!(
            "{name:28}  {:16.2}  {:6}  {:7}",
            median / medians[1],
            work.runs.get(),
            work.places.get()
        );
    }
}

type Call<'t> = Box<dyn FnMut(&mut Embedder<Counted<'_>>) + 't>;

fn call(embedder: &mut Embedder<Counted>, texts: &[Vec<i64>]) {
    let answer: Result<Vec<Embedding>, EncoderError> = embedder.embed(black_box(texts));
    black_box(answer).unwrap_or_else(|error| panic!("{error}"));
}

#[derive(Default)]
struct Work {
    runs: Cell<usize>,
    places: Cell<usize>,
}

struct Counted<'w> {
    onnx: Onnx,
    work: &'w Work,
}

impl Encoder for Counted<'_> {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        self.work.runs.set(self.work.runs.get() + 1);
        self.work
            .places
            .set(self.work.places.get() + batch.ids.len());
        self.onnx.run(batch)
    }
}
