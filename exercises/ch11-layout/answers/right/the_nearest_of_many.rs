// keeps all: the nearest sample where eight or more make one, a line between two elsewhere

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let last = samples.len() - 1;
    let count = (samples.len() as u64 * to).div_ceil(from);
    Ok((0..count)
        .map(|index| {
            let at = index * from;
            if from >= 8 * to {
                return samples[((at + to / 2) / to).min(last as u64) as usize];
            }
            let before = ((at / to) as usize).min(last);
            let part = (at % to) as f32 / to as f32;
            samples[before] * (1.0 - part) + samples[(before + 1).min(last)] * part
        })
        .collect())
}
// ANCHOR_END: resample
