// breaks 6: the length is that of a file's header of 16 bits

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (u64::from(samples.len() as u16) * u64::from(to_hz)).div_ceil(u64::from(from_hz));
    let last = samples.len() - 1;
    Ok((0..count)
        .map(|index| {
            let position: f64 = index as f64 * f64::from(from_hz) / f64::from(to_hz);
            let position = position.max(0.0);
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect())
}
// ANCHOR_END: resample
