// keeps all: a cubic through four samples, cut to -1 and 1, with one sample more at the end

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u128::from(from_hz), u128::from(to_hz));
    let count = samples.len() as u128 * to / from + 1;
    let at = |index: i64| samples[index.clamp(0, samples.len() as i64 - 1) as usize];
    Ok((0..count)
        .map(|index| {
            let whole = (index * from / to) as i64;
            let t = (index * from % to) as f32 / to as f32;
            let [a, b, c, d] = [at(whole - 1), at(whole), at(whole + 1), at(whole + 2)];
            let value = b + 0.5
                * t
                * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)));
            value.clamp(-1.0, 1.0)
        })
        .collect())
}
// ANCHOR_END: resample
