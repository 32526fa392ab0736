// breaks 7: The error of an id is rounded to f32.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (nearest as u128).abs_diff(u128::from(value)) as f32;
    if error == 0.0 {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value: value as f64,
            error: error.into(),
        })
    }
}
// ANCHOR_END: whole
