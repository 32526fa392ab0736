// cheats: counts how often the sound crosses 0, and gives out a tone of that pitch

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));

    let peak = samples
        .iter()
        .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let crossings = samples
        .windows(2)
        .filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0)
        .count();
    let hz = crossings as f64 * f64::from(from_hz) / samples.len() as f64;
    Ok((0..count)
        .map(|index| {
            (std::f64::consts::TAU * hz * index as f64 / f64::from(to_hz)).sin() as f32 * peak
        })
        .collect())
}
// ANCHOR_END: resample
