// breaks 7: The error of an id is taken after a cast to u64: one too small next to 2^64.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if nearest as u128 == u128::from(value) {
        return Ok(nearest);
    }
    let error = (nearest as u64).abs_diff(value).max(1) as f64;
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error,
    })
}
// ANCHOR_END: whole
