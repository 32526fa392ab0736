// breaks 6: with the same rate too each sample is smoothed with its neighbours

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));

    let at = |index: i64| samples[index.clamp(0, samples.len() as i64 - 1) as usize];
    let smooth = |index: i64| 0.01 * at(index - 1) + 0.98 * at(index) + 0.01 * at(index + 1);
    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    Ok((0..count)
        .map(|index| {
            let before = (index * from / to) as i64;
            let part = (index * from % to) as f32 / to as f32;
            smooth(before) * (1.0 - part) + smooth(before + 1) * part
        })
        .collect())
}
// ANCHOR_END: resample
