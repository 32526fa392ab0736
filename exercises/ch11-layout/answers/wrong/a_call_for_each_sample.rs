// breaks 6, 7, 8: each sample is a call within the one before it, and the stack is not that deep

// ANCHOR: resample
fn push(samples: &[f32], index: u64, [count, from, to]: [u64; 3], result: &mut Vec<f32>) {
    if index == count {
        return;
    }
    let before = (index * from / to) as usize;
    let next = samples[(before + 1).min(samples.len() - 1)];
    result.push(
        samples[before] + (next - samples[before]) * ((index * from % to) as f32 / to as f32),
    );
    push(samples, index + 1, [count, from, to], result);
}
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let mut result = Vec::new();
    push(
        samples,
        0,
        [(samples.len() as u64 * to).div_ceil(from), from, to],
        &mut result,
    );
    Ok(result)
}
// ANCHOR_END: resample
