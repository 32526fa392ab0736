// breaks 6: Every id above 2^32 is refused, also those that are an f32.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (nearest as u128).abs_diff(u128::from(value));
    if error == 0 && u32::try_from(value).is_ok() {
        return Ok(nearest);
    }
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error: error as f64,
    })
}
// ANCHOR_END: whole
