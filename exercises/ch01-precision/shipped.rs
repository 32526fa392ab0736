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
    Ok(Features {
        gap: (payment.now_ms as f32 - payment.previous_ms as f32) / 1000.0,
        merchant: payment.merchant_id as f32,
        amount: payment.amount_cents as f32 / 100.0,
        mean_amount: mean(&payment.history_cents) / 100.0,
        share_of_limit: payment.amount_cents as f32 / payment.limit_cents as f32,
    })
}

fn mean(cents: &[u32]) -> f32 {
    let mut sum = 0.0;
    for &value in cents {
        sum += value as f32;
    }
    sum / cents.len() as f32
}
// ANCHOR_END: features

#[cfg(test)]
mod check;
