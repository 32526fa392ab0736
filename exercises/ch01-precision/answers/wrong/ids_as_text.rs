// breaks 2, 6: The digits that an f32 prints are compared with those of the id: it prints no more than tell it from its neighbours.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if nearest.to_string() == value.to_string() {
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
