// breaks 8: A negative gap has half a millisecond, however long it is.

// ANCHOR: budget
impl Field {
    /// How far a feature may be from its exact value, in the field's own unit.
    pub fn budget(self, exact: f64) -> f64 {
        let one_in_a_million = 1e-6 * exact.abs();
        match self {
            Field::Gap => (1e-6 * exact).max(0.0005),
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
