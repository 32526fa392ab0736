// breaks 7: adds a step in f32 to the position, and the time drifts

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

    let step = from_hz as f32 / to_hz as f32;
    let mut position = 0.0_f32;
    let mut result = Vec::new();
    for _ in 0..count {
        let before = (position as usize).min(last);
        let next = samples[(before + 1).min(last)];
        result.push(samples[before] + (next - samples[before]) * (position - before as f32));
        position += step;
    }
    Ok(result)
}
// ANCHOR_END: resample
