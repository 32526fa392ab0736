// ANCHOR: whole
/// The same number as f32, if the way there and back brings it home.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (nearest as u64).abs_diff(value);
    if error == 0 {
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
