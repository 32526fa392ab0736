// breaks 6, 7: takes 1,024 samples at a time, and each part begins at 0 again

// ANCHOR: resample
pub fn resample(samples: &[f32], from_hz: u32, to_hz: u32) -> Result<Vec<f32>, InputError> {
    if from_hz == 0 || to_hz == 0 {
        return Err(InputError::NoRate);
    }

    let (from, to) = (u64::from(from_hz), u64::from(to_hz));
    Ok(samples
        .chunks(1_024)
        .flat_map(|chunk| {
            let count = (chunk.len() as u64 * to).div_ceil(from);
            (0..count).map(move |index| {
                let before = (index * from / to) as usize;
                let next = chunk[(before + 1).min(chunk.len() - 1)];
                chunk[before] + (next - chunk[before]) * ((index * from % to) as f32 / to as f32)
            })
        })
        .collect())
}
// ANCHOR_END: resample
