// ANCHOR: resample
/// A sound of one channel, recorded with `from_hz` samples a second, with `to_hz` samples a second.
///
/// # Errors
/// [`InputError::NoRate`].
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let count = (samples.len() as u64 * to).div_ceil(from);
    // The sample that was the last one at this time.
    let sample = |index: u64| samples[(index * from / to) as usize];
    Ok((0..count).map(sample).collect())
}
// ANCHOR_END: resample
