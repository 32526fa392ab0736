// breaks 7: A refusal tells the f32 instead of the exact value.

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
            value: nearest.into(),
            error,
        })
    }
}
// ANCHOR_END: narrow

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (nearest as u128).abs_diff(u128::from(value));
    if error == 0 {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value: nearest.into(),
            error: error as f64,
        })
    }
}
// ANCHOR_END: whole
