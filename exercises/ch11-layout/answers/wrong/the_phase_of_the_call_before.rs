// breaks 8: begins where the call before it ended between two samples

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: resample
static PHASE: Mutex<f64> = Mutex::new(0.0);

pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));
    let last = samples.len() - 1;
    let mut phase = PHASE.lock().unwrap();
    let step = f64::from(from_hz) / f64::from(to_hz);
    let start = *phase;
    *phase = (start + count as f64 * step).fract();
    Ok((0..count)
        .map(|index| {
            let position = start + index as f64 * step;
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect())
}
// ANCHOR_END: resample
