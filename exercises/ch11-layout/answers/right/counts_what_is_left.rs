// keeps all: carries a whole position and a remainder, and divides nothing

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    let count = samples.len() as u64 * to / from;
    let (mut whole, mut rest) = (0usize, 0u64);
    let mut result = Vec::new();
    for _ in 0..count {
        let this = samples[whole.min(samples.len() - 1)];
        let next = samples.get(whole + 1).copied().unwrap_or(this);
        result.push(this + (next - this) * (rest as f32 / to as f32));
        rest += from;
        while rest >= to {
            rest -= to;
            whole += 1;
        }
    }
    Ok(result)
}
// ANCHOR_END: resample
