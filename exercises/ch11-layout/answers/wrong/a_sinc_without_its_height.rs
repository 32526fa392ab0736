// breaks 7: the weights of the low pass do not add up to 1 where samples get fewer

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let cut = (f64::from(to_hz) / f64::from(from_hz)).min(1.0);
    let half = (8.0 / cut).ceil() as i64;
    let count = (samples.len() as u64 * to).div_ceil(from);
    Ok((0..count)
        .map(|index| {
            let whole = (index * from / to) as i64;
            let part = (index * from % to) as f64 / to as f64;
            (1 - half..=half)
                .map(|tap| {
                    let x = tap as f64 - part;
                    let angle = std::f64::consts::PI * x * cut;
                    let sinc = if angle.abs() < 1e-9 {
                        1.0
                    } else {
                        angle.sin() / angle
                    };
                    let window = (std::f64::consts::FRAC_PI_2 * x / (half as f64 + 1.0)).cos();
                    sinc * window
                        * window
                        * f64::from(
                            samples[(whole + tap).clamp(0, samples.len() as i64 - 1) as usize],
                        )
                })
                .sum::<f64>() as f32
        })
        .collect())
}
// ANCHOR_END: resample
