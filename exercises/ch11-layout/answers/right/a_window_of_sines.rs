// keeps all: a windowed sinc with a low pass at half of the lower rate, its weights kept for each phase

// ANCHOR: uses
use std::fmt;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
use std::collections::HashMap;
// ANCHOR_END: uses

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let cut = (f64::from(to_hz) / f64::from(from_hz)).min(1.0);
    let half = (8.0 / cut).ceil() as i64;
    let mut phases: HashMap<u64, Vec<f64>> = HashMap::new();
    let count = (samples.len() as u64 * to).div_ceil(from);
    let mut result = Vec::new();
    for index in 0..count {
        let whole = (index * from / to) as i64;
        let phase = index * from % to;
        let make = || -> Vec<f64> {
            let part = phase as f64 / to as f64;
            let weights: Vec<f64> = (1 - half..=half)
                .map(|tap| {
                    let x = tap as f64 - part;
                    let angle = std::f64::consts::PI * x * cut;
                    let sinc = if angle.abs() < 1e-9 {
                        1.0
                    } else {
                        angle.sin() / angle
                    };
                    let window = (std::f64::consts::FRAC_PI_2 * x / (half as f64 + 1.0)).cos();
                    sinc * window * window
                })
                .collect();
            let sum: f64 = weights.iter().sum();
            weights.iter().map(|weight| weight / sum).collect()
        };
        if phases.len() > 4_096 {
            phases.clear();
        }
        let weights = phases.entry(phase).or_insert_with(make);
        let value: f64 = weights
            .iter()
            .zip(whole + 1 - half..)
            .map(|(weight, place)| {
                weight * f64::from(samples[place.clamp(0, samples.len() as i64 - 1) as usize])
            })
            .sum();
        result.push(value as f32);
    }
    Ok(result)
}
// ANCHOR_END: resample
