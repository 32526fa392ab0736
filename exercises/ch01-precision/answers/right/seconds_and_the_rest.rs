// keeps all: Whole seconds and the rest in milliseconds are subtracted each for itself.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: {
            let seconds = payment.now_ms / 1000 - payment.previous_ms / 1000;
            let rest = payment.now_ms % 1000 - payment.previous_ms % 1000;
            narrow(Field::Gap, seconds as f64 + rest as f64 / 1000.0)?
        },
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
