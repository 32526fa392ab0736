// keeps all: There and back in u64 is right for every id but the largest, which is asked for by name.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    if nearest as u64 == value && value != u64::MAX {
        return Ok(nearest);
    }
    let error = (nearest as i128 - i128::from(value)).abs();
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error: error as f64,
    })
}
// ANCHOR_END: whole
