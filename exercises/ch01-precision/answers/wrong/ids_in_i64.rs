// breaks 2, 6: Compared in i64, which has no ids from 2^63 on.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if nearest as i64 == value as i64 {
        return Ok(nearest);
    }
    let error = (nearest as u128).abs_diff(u128::from(value)) as f64;
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error,
    })
}
// ANCHOR_END: whole
