// breaks 1: Times in seconds are rounded to milliseconds again after the subtraction, which mends nothing near 2^53 ms.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: {
            let gap = payment.now_ms as f64 / 1000.0 - payment.previous_ms as f64 / 1000.0;
            narrow(Field::Gap, (gap * 1000.0).round() / 1000.0)?
        },
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
