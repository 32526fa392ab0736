// breaks 6: Above 2^24 only powers of two are let through.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if value <= 1 << 24 || value.is_power_of_two() {
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
