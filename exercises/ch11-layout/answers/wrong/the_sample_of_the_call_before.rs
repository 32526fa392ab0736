// breaks 8: the first sample is the mean of it and the last one of the call before

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: resample
static BEFORE: Mutex<Option<f32>> = Mutex::new(None);

pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));
    let last = samples.len() - 1;
    let mut result: Vec<f32> = (0..count)
        .map(|index| {
            let position = index as f64 * f64::from(from_hz) / f64::from(to_hz);
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect();
    let mut before = BEFORE.lock().unwrap();
    if let Some(before) = *before {
        result[0] = (result[0] + before) / 2.0;
    }
    *before = samples.last().copied();
    Ok(result)
}
// ANCHOR_END: resample
