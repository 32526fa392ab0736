// breaks 7: The error of an id is the difference of two f64, so 0 where both are rounded alike.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if nearest as u128 == u128::from(value) {
        return Ok(nearest);
    }
    let error = (f64::from(nearest) - value as f64).abs();
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error,
    })
}
// ANCHOR_END: whole
