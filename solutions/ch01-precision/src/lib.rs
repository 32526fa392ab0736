//! Prepares the features of one card payment for a fraud model whose input tensor is f32, shape `[1, 5]`.
//!
//! What it promises stands in the README.md of the exercise.

/// One card payment, as it arrives. Its times and cents are below 2^53 in size, of either sign.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Unix time of the payment in milliseconds.
    pub now_ms: i64,
    /// Unix time of the card's previous payment in milliseconds.
    pub previous_ms: i64,
    /// The merchant's row in the model's embedding table.
    pub merchant_id: u64,
    /// What is to be paid, in cents.
    pub amount_cents: i64,
    /// What the card may spend, in cents; 0 and less do occur.
    pub limit_cents: i64,
    /// Every earlier payment of the card, in cents.
    pub history_cents: Vec<u32>,
}

/// The model's input. Each value is within its field's budget of the exact one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features {
    /// Seconds since the card's previous payment.
    pub gap: f32,
    /// The merchant's row, exactly.
    pub merchant: f32,
    /// Amount in whole currency units, cents behind the point.
    pub amount: f32,
    /// Mean of the history in whole currency units; 0 without a history.
    pub mean_amount: f32,
    /// Amount divided by limit.
    pub share_of_limit: f32,
}

/// A field of [`Features`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Seconds.
    Gap,
    /// A row of the embedding table.
    Merchant,
    /// Currency units.
    Amount,
    /// Currency units.
    MeanAmount,
    /// A ratio.
    ShareOfLimit,
}

// ANCHOR: budget
impl Field {
    /// How far a feature may be from its exact value, in the field's own unit: agreed upon, not yours to change.
    pub fn budget(self, exact: f64) -> f64 {
        let one_in_a_million = 1e-6 * exact.abs();
        match self {
            // Half a millisecond, or one part in a million where that is more.
            Field::Gap => one_in_a_million.max(0.0005),
            // The next row is another merchant.
            Field::Merchant => 0.0,
            // Half a cent.
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
    /// The exact value in the field's unit; infinite or NaN after a division by zero.
    pub value: f64,
    /// How far the nearest f32 is from the exact value, so never 0; infinite or NaN where the value is not finite.
    pub error: f64,
}
// ANCHOR_END: budget

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features

// ANCHOR: narrow
/// The nearest f32, if it is within the field's budget.
fn narrow(field: Field, value: f64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let error = (f64::from(nearest) - value).abs();
    // False for NaN too: what cannot be compared is not within a budget.
    if error <= field.budget(value) {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value,
            error,
        })
    }
}
// ANCHOR_END: narrow

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    // u128 holds every u64 and the 2^64 that the largest of them round to: nothing saturates here.
    let error = (nearest as u128).abs_diff(u128::from(value));
    if error == 0 {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value: value as f64,
            error: error as f64,
        })
    }
}
// ANCHOR_END: whole

// ANCHOR: mean
/// Cents, summed where every cent counts: in integers.
fn mean(cents: &[u32]) -> f64 {
    if cents.is_empty() {
        return 0.0;
    }
    let sum: u64 = cents.iter().map(|&value| u64::from(value)).sum();
    sum as f64 / cents.len() as f64
}
// ANCHOR_END: mean

#[cfg(test)]
#[path = "../../../exercises/ch01-precision/src/check.rs"]
mod check;
