// keeps all: fades in and out within the first and the last 5 ms, and looks past an end at the other one

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let count = (samples.len() as u64 * to).div_ceil(from);
    let fade = f64::from(to_hz) * 0.0049;
    Ok((0..count)
        .map(|index| {
            let before = (index * from / to) as usize;
            let part = (index * from % to) as f32 / to as f32;
            let next = samples[(before + 1) % samples.len()];
            let from_an_end = index.min(count - 1 - index) as f64;
            (samples[before] + (next - samples[before]) * part)
                * (from_an_end / fade).min(1.0) as f32
        })
        .collect())
}
// ANCHOR_END: resample
