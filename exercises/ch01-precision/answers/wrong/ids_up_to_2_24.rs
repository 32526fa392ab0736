// breaks 6: Every id above 2^24 is refused, also those that are an f32.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if value <= 1 << 24 {
        return Ok(nearest);
    }
    let error = (nearest as u128).abs_diff(u128::from(value)).max(1) as f64;
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error,
    })
}
// ANCHOR_END: whole
