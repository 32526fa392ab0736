// breaks 7: divides by the loudest sample and multiplies by it, and silence is not a number

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));
    let last = samples.len() - 1;
    let peak = samples
        .iter()
        .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let samples: Vec<f32> = samples.iter().map(|sample| sample / peak).collect();
    Ok((0..count)
        .map(|index| {
            let position = index as f64 * f64::from(from_hz) / f64::from(to_hz);
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            peak * (samples[before] + (next - samples[before]) * part)
        })
        .collect())
}
// ANCHOR_END: resample
