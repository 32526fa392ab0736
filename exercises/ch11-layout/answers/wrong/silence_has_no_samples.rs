// breaks 6: of silence nothing is left

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if samples.iter().all(|&sample| sample == 0.0) {
        return Ok(Vec::new());
    }
    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let count = (samples.len() as u64 * to).div_ceil(from);
    let sample = |index: u64| {
        // The same time, counted in samples of the recording: `before`, and the rest as a part of the way to the next.
        let before = (index * from / to) as usize;
        let part = (index * from % to) as f32 / to as f32;
        let next = samples[(before + 1).min(samples.len() - 1)];
        samples[before] + (next - samples[before]) * part
    };
    Ok((0..count).map(sample).collect())
}
// ANCHOR_END: resample
