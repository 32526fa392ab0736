// keeps all: The nearest f32 and its two neighbours are tried in turn.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let distance = |candidate: f32| (f64::from(candidate) - value).abs();
    [nearest.next_up(), nearest.next_down(), nearest]
        .into_iter()
        .find(|&candidate| value.is_finite() && distance(candidate) <= field.budget(value))
        .ok_or(PrecisionLoss {
            field,
            value,
            error: distance(nearest),
        })
}
// ANCHOR_END: narrow
