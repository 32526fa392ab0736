// breaks 5: Only NaN is refused; infinity is within an infinite budget.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    let error = if value.is_infinite() { 0.0 } else { error };
    if error <= field.budget(value) {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value,
            error,
        })
    }
}
// ANCHOR_END: narrow
