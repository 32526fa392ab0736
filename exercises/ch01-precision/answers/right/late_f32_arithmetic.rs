// keeps all: Difference and sum are whole numbers; the divisions are done in f32 and round twice or three times, well within a millionth.

// ANCHOR: features
/// Amount by limit, divided in f32.
fn share(payment: &Payment) -> Result<f32, PrecisionLoss> {
    if payment.limit_cents == 0 {
        return Err(PrecisionLoss {
            field: Field::ShareOfLimit,
            value: f64::NAN,
            error: f64::INFINITY,
        });
    }
    Ok(payment.amount_cents as f32 / payment.limit_cents as f32)
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: (payment.now_ms - payment.previous_ms) as f32 / 1000.0,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: mean(&payment.history_cents),
        share_of_limit: share(payment)?,
    })
}
// ANCHOR_END: features

// ANCHOR: mean
/// The mean in currency units: a sum of whole cents, then f32.
fn mean(cents: &[u32]) -> f32 {
    let sum: u64 = cents.iter().copied().map(u64::from).sum();
    match cents.len() {
        0 => 0.0,
        count => sum as f32 / count as f32 / 100.0,
    }
}
// ANCHOR_END: mean
