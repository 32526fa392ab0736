//! An encoder whose numbers are whole ones times a power of 2, so that few sums of them are rounded, and which says what
//! it was given.
//!
//! A token's row depends on the token, on how many tokens of its text stand before it, and on all tokens that the
//! mask lets it see, as in a real one. Some tokens have a row of zeros.

use std::cell::RefCell;
use std::rc::Rc;

use crate::encoder::{Batch, Encoder, EncoderError, Hidden};

/// What the encoder gives for padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noise {
    /// Numbers like those of a token.
    Finite,
    Infinite,
    NaN,
}

/// What the encoder is given, run by run.
pub type Runs = Rc<RefCell<Vec<Batch>>>;

pub struct Toy {
    pub weights: Weights,
    pub noise: Noise,
    pub runs: Runs,
    /// Which of its runs fail, the first one is 0.
    pub fails: Vec<usize>,
}

/// What makes one encoder differ from another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    pub dim: usize,
    /// A power of 2 by which all numbers are larger.
    pub scale: f64,
    /// Other numbers for another seed.
    pub seed: i64,
}

/// What a run that fails says: a word, a page, or nothing.
pub fn error_of(run: usize) -> EncoderError {
    EncoderError(match run % 3 {
        0 => format!("the accelerator is gone in run {run}"),
        1 => format!(
            "  out of memory in run {run}: no room for the scores of 12 heads in /encoder/layer.3/attention/self/Softmax\n\t\
             of 4,096 MiB 3,900 are taken: é\n"
        ),
        _ => String::new(),
    })
}

impl Encoder for Toy {
    fn run(&mut self, batch: &Batch) -> Result<Hidden, EncoderError> {
        let run = self.runs.borrow().len();
        self.runs.borrow_mut().push(batch.clone());
        if self.fails.contains(&run) {
            return Err(error_of(run));
        }
        let [rows, seq] = batch.shape;
        let places = rows.checked_mul(seq).filter(|&places| places > 0);
        if places != Some(batch.ids.len()) || places != Some(batch.mask.len()) {
            return Err(EncoderError("this is no batch".into()));
        }
        let rows_of = batch
            .ids
            .chunks_exact(seq)
            .zip(batch.mask.chunks_exact(seq));
        let values = rows_of
            .flat_map(|(ids, mask)| self.row(ids, mask))
            .collect();
        Ok(Hidden {
            shape: [rows, seq, self.weights.dim],
            values,
        })
    }
}

impl Toy {
    fn row(&self, ids: &[i64], mask: &[i64]) -> Vec<f32> {
        let seen: Vec<i64> = ids
            .iter()
            .zip(mask)
            .filter(|&(_, &bit)| bit != 0)
            .map(|(&id, _)| id)
            .collect();
        let mut of_tokens = self.weights.rows(&seen).into_iter();
        let mut values = Vec::with_capacity(ids.len() * self.weights.dim);
        for (&id, &bit) in ids.iter().zip(mask) {
            let token = if bit != 0 { of_tokens.next() } else { None };
            let noise = |place: usize| match self.noise {
                Noise::Finite => (3_000 + number(id, 4, place, 999)) as f32,
                Noise::Infinite => f32::INFINITY,
                Noise::NaN => f32::NAN,
            };
            match token {
                Some(row) => values.extend(row.iter().map(|&value| value as f32)),
                None => values.extend((0..self.weights.dim).map(noise)),
            }
        }
        values
    }
}

impl Weights {
    /// The rows of a text's tokens, with nothing beside them.
    pub fn rows(&self, tokens: &[i64]) -> Vec<Vec<f64>> {
        let number = |id: i64, kind, place, most| number(id ^ (self.seed << 33), kind, place, most);
        let context: Vec<i64> = (0..self.dim)
            .map(|place| tokens.iter().map(|&id| number(id, 1, place, 40)).sum())
            .collect();
        let row = |(rank, &id): (usize, &i64)| {
            let value = |place: usize| {
                if id % 10 == 8 {
                    return 0.0;
                }
                let turn = (rank % 5) as i64 * number(id, 2, place, 30);
                (number(id, 3, place, 999) + turn + context[place]) as f64 * self.scale
            };
            (0..self.dim).map(value).collect()
        };
        tokens.iter().enumerate().map(row).collect()
    }
}

/// From `-most` to `most`, and never 0: the same for the same arguments, and of no pattern.
fn number(id: i64, kind: u64, place: usize, most: u64) -> i64 {
    let mut mixed = (id as u64) ^ (kind << 56) ^ ((place as u64) << 48);
    for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
        mixed = (mixed ^ (mixed >> 30))
            .wrapping_add(kind)
            .wrapping_mul(factor);
    }
    mixed ^= mixed >> 31;
    let size = (mixed % most + 1) as i64;
    if mixed >> 63 == 0 { size } else { -size }
}
