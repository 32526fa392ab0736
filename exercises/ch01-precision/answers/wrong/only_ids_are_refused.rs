// breaks 7: A refusal always names the merchant.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    if error <= field.budget(value) {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field: Field::Merchant,
            value,
            error,
        })
    }
}
// ANCHOR_END: narrow
