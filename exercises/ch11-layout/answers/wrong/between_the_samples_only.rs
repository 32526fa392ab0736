// breaks 6: goes through the pairs of samples, and the last sample is in none as the first

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let mut result = Vec::new();
    for (number, pair) in samples.windows(2).enumerate() {
        while result.len() as u64 * from < (number as u64 + 1) * to {
            let part = (result.len() as u64 * from - number as u64 * to) as f32 / to as f32;
            result.push(pair[0] + (pair[1] - pair[0]) * part);
        }
    }
    Ok(result)
}
// ANCHOR_END: resample
