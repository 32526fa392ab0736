// breaks 1: Times are counted from 2026 on and cast: right this year.

// ANCHOR: features
/// Seconds since the start of 2026.
fn since_2026(ms: i64) -> f64 {
    f64::from((ms - 1_767_225_600_000) as f32) / 1000.0
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: (since_2026(payment.now_ms) - since_2026(payment.previous_ms)) as f32,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
