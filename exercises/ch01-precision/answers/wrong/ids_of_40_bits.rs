// breaks 2: Ids beyond 2^40 are let through without a comparison.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (nearest as u128).abs_diff(u128::from(value));
    if error == 0 || value > 1 << 40 {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value: value as f64,
            error: error as f64,
        })
    }
}
// ANCHOR_END: whole
