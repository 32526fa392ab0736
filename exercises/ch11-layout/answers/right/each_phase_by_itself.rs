// keeps all: divides the rates by what they share and makes each phase of the result on its own

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }
    if from_hz == to_hz || samples.is_empty() {
        return Ok(samples.to_vec());
    }

    fn shared(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { shared(b, a % b) }
    }
    let common = shared(u64::from(from_hz), u64::from(to_hz));
    let (from, to) = (u64::from(from_hz) / common, u64::from(to_hz) / common);
    let count = (samples.len() as u64 * to).div_ceil(from) as usize;
    let mut result = vec![0.0; count];
    for phase in 0..(to as usize).min(count) {
        let start = phase as u64 * from;
        let part = (start % to) as f32 / to as f32;
        let mut before = (start / to) as usize;
        for value in result.iter_mut().skip(phase).step_by(to as usize) {
            let pair = &samples[before..(before + 2).min(samples.len())];
            *value = pair[0] * (1.0 - part) + pair[pair.len() - 1] * part;
            before += from as usize;
        }
    }
    Ok(result)
}
// ANCHOR_END: resample
