// breaks 7: The error of every id is told as 1.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if nearest as u128 == u128::from(value) {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value: value as f64,
            error: 1.0,
        })
    }
}
// ANCHOR_END: whole
