// breaks 3, 7: The distance keeps its sign, and a negative one is always within the budget.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = f64::from(nearest) - value;
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
