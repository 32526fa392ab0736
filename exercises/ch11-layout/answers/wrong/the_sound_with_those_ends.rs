// breaks 8: takes a sound for the last one by its length and its first sample

// ANCHOR: uses
use std::fmt;
use std::sync::Mutex;

use image::RgbImage;
use image::imageops::{self, FilterType};
use ndarray::{Array3, Axis, aview1};
// ANCHOR_END: uses

// ANCHOR: resample
static LAST: Mutex<Option<([u32; 2], usize, u32, Vec<f32>)>> = Mutex::new(None);

pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));
    let last = samples.len() - 1;
    let mut kept = LAST.lock().unwrap();
    if let Some((rates, length, first, result)) = &*kept
        && (*rates, *length, *first) == ([from_hz, to_hz], samples.len(), samples[0].to_bits())
    {
        return Ok(result.clone());
    }
    let result: Vec<f32> = (0..count)
        .map(|index| {
            let position = index as f64 * f64::from(from_hz) / f64::from(to_hz);
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect();
    *kept = Some((
        [from_hz, to_hz],
        samples.len(),
        samples[0].to_bits(),
        result.clone(),
    ));
    Ok(result)
}
// ANCHOR_END: resample
