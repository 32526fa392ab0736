// breaks 3: Amounts may be six tenths of a cent off.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    let more = if field == Field::Amount { 0.001 } else { 0.0 };
    if error <= field.budget(value) + more {
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
