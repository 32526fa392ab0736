// breaks 7: takes the nearest fraction with a denominator up to 1,000 for the rates

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

    let exact = f64::from(from_hz) / f64::from(to_hz);
    let off = |denominator: &u32| {
        let part = exact * f64::from(*denominator);
        (part - part.round()).abs() / f64::from(*denominator)
    };
    let denominator = (1..=1_000_u32)
        .min_by(|a, b| off(a).total_cmp(&off(b)))
        .unwrap_or(1);
    let step = (exact * f64::from(denominator)).round() / f64::from(denominator);
    Ok((0..count)
        .map(|index| {
            let position: f64 = index as f64 * step;
            let before = (position as usize).min(last);
            let part = (position - before as f64) as f32;
            let next = samples[(before + 1).min(last)];
            samples[before] + (next - samples[before]) * part
        })
        .collect())
}
// ANCHOR_END: resample
