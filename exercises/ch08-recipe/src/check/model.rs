//! An encoder whose hidden states are known, and what recipes make of them.

use std::sync::{Arc, Mutex, PoisonError};

use super::file::File;
use crate::recipe::{Error, Model, Pooling};

/// A model's values are 0 or as large as this.
const LEAST: f32 = 0.001;

/// The weights that a recipe's `model` names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// The end of its name in a recipe.
    pub name: &'static str,
    pub file: File,
    pub dimension: usize,
    /// With 0 all hidden states are zeros; with 1 they know nothing of their place, and those of one token are equal.
    pub seed: u32,
    pub scale: f32,
}

impl Weights {
    /// What a recipe calls it. In all checks, two models of one name are one model.
    pub fn model(&self) -> String {
        let rest = format!("{:?}", (self.file, self.dimension, self.seed, self.scale));
        format!("{:08x}/{}", mixed(rest.bytes().map(u32::from)), self.name)
    }

    /// Each depends on its token, on its place and on how many there are, as those of a real encoder.
    pub fn states(&self, ids: &[u32]) -> Vec<Vec<f32>> {
        let weights = mixed(self.name.bytes().map(u32::from).chain([self.seed]));
        let state = |(at, &id): (usize, &u32)| {
            let (place, tokens) = match self.seed {
                1 => (0, 0),
                _ => (at as u32, ids.len() as u32),
            };
            let start = mixed([weights, id, place]);
            let value = |axis: usize| {
                if self.seed == 0 {
                    return 0.0;
                }
                let mixed = mixed_with(mixed_with(start, axis as u32), tokens);
                let noise = (mixed >> 8) as f32 / 4_194_304.0 - 2.0;
                // Tokens have directions of their own, so that texts differ in theirs.
                let own = if id as usize % self.dimension == axis {
                    1.5
                } else {
                    0.0
                };
                let value = self.scale * (noise + own);
                if value.abs() < LEAST { 0.0 } else { value }
            };
            (0..self.dimension).map(value).collect()
        };
        ids.iter().enumerate().map(state).collect()
    }
}

/// A number that any change of these changes.
fn mixed(parts: impl IntoIterator<Item = u32>) -> u32 {
    parts.into_iter().fold(0x811C_9DC5, mixed_with)
}

fn mixed_with(hash: u32, part: u32) -> u32 {
    let hash = (hash ^ part).wrapping_mul(0x9E37_79B1);
    hash ^ (hash >> 15)
}

/// What a [`StandIn`] was asked for, and how often it refused.
#[derive(Debug, Default)]
pub struct Log {
    pub runs: Vec<Vec<u32>>,
    pub refusals: usize,
}

/// A [`Model`] that notes each run.
pub struct StandIn {
    pub weights: Weights,
    pub log: Arc<Mutex<Log>>,
    /// So many runs fail before the first that does not.
    pub fails: usize,
}

/// The error of a run that fails.
pub fn out_of_memory(run: usize) -> Error {
    Error::Model(format!("run {run}: out of memory"))
}

impl Model for StandIn {
    fn run(&mut self, ids: &[u32]) -> Result<Vec<Vec<f32>>, Error> {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.runs.push(ids.to_vec());
        if log.refusals < self.fails {
            log.refusals += 1;
            return Err(out_of_memory(log.refusals));
        }
        Ok(self.weights.states(ids))
    }
}

/// What a vector must be, and how far from it each value may lie.
#[derive(Debug, Clone)]
pub struct Expected {
    /// None where the promises leave it open.
    pub vector: Option<Vec<f64>>,
    pub dimension: usize,
    pub slack: f64,
}

pub const POOLINGS: [Pooling; 3] = [Pooling::Cls, Pooling::Mean, Pooling::Last];

/// What becomes of these hidden states, at least one.
pub fn expected(states: &[Vec<f32>], pooling: Pooling, normalize: bool) -> Expected {
    let wide = |state: &Vec<f32>| -> Vec<f64> { state.iter().map(|&value| value.into()).collect() };
    let largest = states.iter().flatten().fold(0.0_f64, |largest, &value| {
        largest.max(f64::from(value).abs())
    });
    let mut vector = match pooling {
        Pooling::Cls => wide(&states[0]),
        Pooling::Last => wide(&states[states.len() - 1]),
        Pooling::Mean => {
            let mut sum = vec![0.0; states[0].len()];
            for state in states {
                for (sum, value) in sum.iter_mut().zip(wide(state)) {
                    *sum += value / states.len() as f64;
                }
            }
            sum
        }
    };
    let dimension = vector.len();
    if !normalize {
        return Expected {
            vector: Some(vector),
            dimension,
            slack: largest / 1000.0,
        };
    }
    let length = norm(&vector);
    let pooled = vector
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    let is_open = pooled > 0.0 && pooled < largest / 100.0;
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    Expected {
        vector: (!is_open).then_some(vector),
        dimension,
        slack: 0.001,
    }
}

pub fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|value| value * value).sum::<f64>().sqrt()
}

impl Expected {
    /// Whether it is this vector, where that is not open.
    pub fn is(&self, seen: &[f32]) -> bool {
        self.vector.is_some() && self.holds(seen)
    }

    pub fn is_zeros(&self) -> bool {
        let vector = self.vector.as_ref();
        vector.is_some_and(|vector| vector.iter().all(|&value| value == 0.0))
    }

    /// Whether only its length can be wrong.
    pub fn is_parallel_to(&self, seen: &[f32]) -> bool {
        let Some(vector) = &self.vector else {
            return false;
        };
        let seen: Vec<f64> = seen.iter().map(|&value| value.into()).collect();
        let product: f64 = seen
            .iter()
            .zip(vector)
            .map(|(one, other)| one * other)
            .sum();
        let lengths = norm(&seen) * norm(vector);
        self.is_zeros() || (seen.len() == vector.len() && product > 0.999 * lengths)
    }

    pub fn holds(&self, seen: &[f32]) -> bool {
        let Some(vector) = &self.vector else {
            return seen.len() == self.dimension;
        };
        let near = |(seen, expected): (&f32, &f64)| {
            (f64::from(*seen) - expected).abs() <= self.slack * 1.000_001
        };
        seen.len() == vector.len() && seen.iter().zip(vector).all(near)
    }
}

/// The first values of a vector, and its length.
pub fn shown(vector: &[f64]) -> String {
    const MOST: usize = 4;
    let mut values: Vec<String> = vector
        .iter()
        .take(MOST)
        .map(|value| format!("{value:.3}"))
        .collect();
    if vector.len() > MOST {
        values.push("...".to_owned());
    }
    format!("[{}] of length {:.3}", values.join(", "), norm(vector))
}
