// breaks 6: What does not fit panics.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    assert!(error <= field.budget(value), "{field:?} does not fit");
    Ok(nearest)
}
// ANCHOR_END: narrow
