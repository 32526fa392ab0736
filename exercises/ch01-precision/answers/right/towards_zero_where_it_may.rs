// keeps all: Not the nearest f32, but the next one towards zero where that one is within the budget too.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let smaller = f32::from_bits(nearest.to_bits().saturating_sub(1));
    let distance = |candidate: f32| (f64::from(candidate) - value).abs();
    for candidate in [smaller, nearest] {
        if value.is_finite() && distance(candidate) <= field.budget(value) {
            return Ok(candidate);
        }
    }
    Err(PrecisionLoss {
        field,
        value,
        error: distance(nearest),
    })
}
// ANCHOR_END: narrow
