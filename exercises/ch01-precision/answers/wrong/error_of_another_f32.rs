// breaks 7: The error is that of the next f32 towards zero, which need not be the nearest.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    if error <= field.budget(value) {
        return Ok(nearest);
    }
    let cut = if f64::from(nearest).abs() > value.abs() {
        f32::from_bits(nearest.to_bits() - 1)
    } else {
        nearest
    };
    let error = (f64::from(cut) - value).abs();
    Err(PrecisionLoss {
        field,
        value,
        error,
    })
}
// ANCHOR_END: narrow
