//! What the encoder has to do for 16 texts of 4 to 64 tokens, with the fix, with the pitfall and with two wrong fixes. It is
//! counted and not timed, so the numbers are the same on each machine.

use std::cell::Cell;

use ch09_padding_solution::encoder::{Batch, Encoder, EncoderError, Hidden, Onnx};
use ch09_padding_solution::{Embedder, Settings, Side};

const WIDTH: usize = 512;
const PAD_ID: i64 = 0;

fn main() {
    let texts: Vec<Vec<i64>> = (1..=16).map(|text| vec![100; 4 * text]).collect();
    // Where padding is text, the fixed code has the encoder do what the shipped code does.
    let padded = |width: usize| {
        let mut texts = texts.clone();
        texts.iter_mut().for_each(|text| text.resize(width, PAD_ID));
        texts
    };
    let (as_wide, wide) = (padded(64), padded(WIDTH));
    println!("16 texts in a call            runs   places      pairs");
    for (name, calls) in [
        ("padding is text, as shipped", vec![&as_wide[..]]),
        ("padding is masked", vec![&texts[..]]),
        ("each row is 512 wide", vec![&wide[..]]),
        ("one text at a time", texts.chunks(1).collect()),
    ] {
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
        for texts in calls {
            let answers = embedder.embed(texts);
            answers.unwrap_or_else(|error| panic!("{error}"));
        }
        let Work {
            runs,
            places,
            pairs,
        } = work;
        println!(
            "{name:28}  {:4}  {:7}  {:9}",
            runs.get(),
            places.get(),
            pairs.get()
        );
    }
}

/// What the encoder was given.
#[derive(Default)]
struct Work {
    runs: Cell<usize>,
    /// Rows times width, in all runs.
    places: Cell<usize>,
    /// In the attention each place of a row meets each place of it.
    pairs: Cell<usize>,
}

struct Counted<'w> {
    onnx: Onnx,
    work: &'w Work,
}

impl Encoder for Counted<'_> {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        let [rows, seq] = batch.shape;
        let add = |count: &Cell<usize>, more| count.set(count.get() + more);
        add(&self.work.runs, 1);
        add(&self.work.places, rows * seq);
        add(&self.work.pairs, rows * seq * seq);
        self.onnx.run(batch)
    }
}
