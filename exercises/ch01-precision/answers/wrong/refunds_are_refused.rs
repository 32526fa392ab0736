// breaks 6: A negative amount is refused.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    if amount < 0.0 {
        let error = f64::from((amount / 100.0) as f32) - amount / 100.0;
        return Err(PrecisionLoss {
            field: Field::Amount,
            value: amount / 100.0,
            error: error.abs(),
        });
    }
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
