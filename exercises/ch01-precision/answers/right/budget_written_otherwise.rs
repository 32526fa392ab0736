// keeps all: The same budgets, written as divisions and with `if`.

// ANCHOR: budget
impl Field {
    /// How far a feature may be from its exact value, in the field's own unit.
    pub fn budget(self, exact: f64) -> f64 {
        let size = if exact < 0.0 { -exact } else { exact };
        let relative = size / 1_000_000.0;
        if self == Field::Merchant {
            return 0.0;
        }
        if self == Field::Amount {
            return 1.0 / 200.0;
        }
        if self == Field::Gap && relative < 1.0 / 2000.0 {
            return 1.0 / 2000.0;
        }
        relative
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
