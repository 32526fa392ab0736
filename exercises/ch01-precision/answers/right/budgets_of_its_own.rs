// keeps all: `features` holds the same budgets in constants, and does not ask `Field::budget`.

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    const RELATIVE: f64 = 1e-6;
    let allowed = match field {
        Field::Gap => f64::max(0.0005, RELATIVE * value.abs()),
        Field::Merchant => 0.0,
        Field::Amount => 0.005,
        Field::MeanAmount | Field::ShareOfLimit => RELATIVE * value.abs(),
    };
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    let fits = value.is_finite() && error <= allowed;
    fits.then_some(nearest).ok_or(PrecisionLoss {
        field,
        value,
        error,
    })
}
// ANCHOR_END: narrow
