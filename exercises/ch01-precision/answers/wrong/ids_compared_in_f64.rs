// breaks 2: Compared in f64, which loses ids beyond 2^53.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if f64::from(nearest) == value as f64 {
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
