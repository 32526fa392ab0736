// breaks 7: The error is told as a share of the value.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    if error <= field.budget(value) {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value,
            error: error / value.abs(),
        })
    }
}
// ANCHOR_END: narrow
