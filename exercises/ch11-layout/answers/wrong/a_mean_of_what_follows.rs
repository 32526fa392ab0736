// breaks 7: the mean of the samples up to the next time, which is half a step late

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }
    let count = (samples.len() as u64 * u64::from(to_hz)).div_ceil(u64::from(from_hz));

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    Ok((0..count)
        .map(|index| {
            let start = (index * from / to) as usize;
            let end = (((index + 1) * from / to) as usize)
                .clamp(start + 1, samples.len().max(start + 1))
                .min(samples.len());
            let part = &samples[start.min(samples.len() - 1)..end];
            if to > from {
                let next = samples[(start + 1).min(samples.len() - 1)];
                return samples[start]
                    + (next - samples[start]) * ((index * from % to) as f32 / to as f32);
            }
            part.iter().sum::<f32>() / part.len() as f32
        })
        .collect())
}
// ANCHOR_END: resample
