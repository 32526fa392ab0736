// keeps all: four threads with a part of the result each, at the times of the whole

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let mut result = vec![0.0_f32; ((samples.len() as u64 * to + from / 2) / from) as usize];
    let part = result.len().div_ceil(4).max(1);
    std::thread::scope(|scope| {
        for (number, values) in result.chunks_mut(part).enumerate() {
            scope.spawn(move || {
                for (index, value) in values.iter_mut().enumerate() {
                    let at = (number * part + index) as u64 * from;
                    let pair = [at / to, at / to + 1]
                        .map(|place| samples[(place as usize).min(samples.len() - 1)]);
                    *value = pair[0] + (pair[1] - pair[0]) * ((at % to) as f32 / to as f32);
                }
            });
        }
    });
    Ok(result)
}
// ANCHOR_END: resample
