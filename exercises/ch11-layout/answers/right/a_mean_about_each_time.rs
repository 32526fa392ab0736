// keeps all: smooths by a mean that is centred on each sample, and then interpolates

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let side = (from / to / 2) as usize;
    let mut sums = vec![0.0_f64];
    for &sample in samples {
        sums.push(sums[sums.len() - 1] + f64::from(sample));
    }
    let smooth = |place: usize| {
        let place = place.min(samples.len() - 1);
        let side = side.min(place).min(samples.len() - 1 - place);
        ((sums[place + side + 1] - sums[place - side]) / (2 * side + 1) as f64) as f32
    };
    let count = samples.len() as u64 * to / from;
    Ok((0..count)
        .map(|index| {
            let before = (index * from / to) as usize;
            let part = (index * from % to) as f32 / to as f32;
            smooth(before) + (smooth(before + 1) - smooth(before)) * part
        })
        .collect())
}
// ANCHOR_END: resample
