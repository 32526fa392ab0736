// keeps all: a low pass of one pole, forth and then back, so that no tone is late

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

    let mut samples = samples.to_vec();
    if from_hz >= 2 * to_hz {
        let weight =
            1.0 - (-std::f64::consts::TAU * 0.45 * f64::from(to_hz) / f64::from(from_hz)).exp();
        for _ in 0..2 {
            let mut state = f64::from(samples[0]);
            for sample in &mut samples {
                state += weight * (f64::from(*sample) - state);
                *sample = state as f32;
            }
            samples.reverse();
        }
    }
    Ok((0..count)
        .map(|index| {
            let position = index as f64 * f64::from(from_hz) / f64::from(to_hz);
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect())
}
// ANCHOR_END: resample
