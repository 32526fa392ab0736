// breaks 7: a rate that is off by at most 2 Hz is that of a sound card

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

    let meant = |hz: u32| {
        [
            8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000,
        ]
        .into_iter()
        .find(|known| hz.abs_diff(*known) <= 2)
        .unwrap_or(hz)
    };
    let (from_hz, to_hz) = (meant(from_hz), meant(to_hz));
    Ok((0..count)
        .map(|index| {
            let position: f64 = index as f64 * f64::from(from_hz) / f64::from(to_hz);
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect())
}
// ANCHOR_END: resample
