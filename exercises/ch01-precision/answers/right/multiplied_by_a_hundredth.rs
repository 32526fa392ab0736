// keeps all: Multiplies by 0.01 and 0.001 where others divide: a step of f64 away.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 * 1e-3,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount * 0.01)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) * 0.01)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
