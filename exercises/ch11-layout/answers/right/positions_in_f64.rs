// keeps all: a position in f64 for each sample, and as many samples as rounding gives

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let step = f64::from(from_hz) / f64::from(to_hz);
    let count = (samples.len() as f64 / step).round() as usize;
    let mut result = Vec::with_capacity(count);
    for index in 0..count {
        let position = index as f64 * step;
        let before = (position as usize).min(samples.len() - 1);
        let after = (before + 1).min(samples.len() - 1);
        let part = position - before as f64;
        result.push(
            (f64::from(samples[before]) * (1.0 - part) + f64::from(samples[after]) * part) as f32,
        );
    }
    Ok(result)
}
// ANCHOR_END: resample
