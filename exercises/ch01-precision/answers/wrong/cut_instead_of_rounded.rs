// breaks 6: The next f32 towards zero is looked at, and not the nearest.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let mut cut = value as f32;
    if f64::from(cut).abs() > value.abs() {
        cut = f32::from_bits(cut.to_bits() - 1);
    }
    let error = (f64::from(cut) - value).abs();
    if value.is_finite() && error <= field.budget(value) {
        Ok(cut)
    } else {
        Err(PrecisionLoss {
            field,
            value,
            error: (f64::from(value as f32) - value).abs(),
        })
    }
}
// ANCHOR_END: narrow
