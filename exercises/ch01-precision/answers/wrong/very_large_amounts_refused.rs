// breaks 6: Amounts beyond 2^40 cents are refused, also those that are an f32.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    if payment.amount_cents.unsigned_abs() > 1 << 40 {
        let value = amount / 100.0;
        let error = (f64::from(value as f32) - value).abs();
        return Err(PrecisionLoss {
            field: Field::Amount,
            value,
            error,
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
