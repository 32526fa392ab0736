// breaks 8: A short gap has no half millisecond.

// ANCHOR: budget
impl Field {
    /// How far a feature may be from its exact value, in the field's own unit.
    pub fn budget(self, exact: f64) -> f64 {
        let one_in_a_million = 1e-6 * exact.abs();
        match self {
            Field::Gap => one_in_a_million,
            Field::Merchant => 0.0,
            Field::Amount => 0.005,
            Field::MeanAmount | Field::ShareOfLimit => one_in_a_million,
        }
    }
}

/// A value that no f32 represents within its field's budget, NaN and infinity included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrecisionLoss {
    /// A field whose budget is exceeded; where there are several, any of them.
    pub field: Field,
    /// The exact value in the field's unit.
    pub value: f64,
    /// How far the nearest f32 is from the exact value.
    pub error: f64,
}
// ANCHOR_END: budget

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
