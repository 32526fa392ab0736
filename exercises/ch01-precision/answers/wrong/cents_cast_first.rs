// breaks 6: The cents are cast before the division, so an amount that an f32 carries is refused.

// ANCHOR: features
/// Rounded twice: once as cents, once as units.
fn cents(cents: i64) -> Result<f32, PrecisionLoss> {
    let value = cents as f64 / 100.0;
    let feature = cents as f32 / 100.0;
    let error = (f64::from(feature) - value).abs();
    if error <= Field::Amount.budget(value) {
        return Ok(feature);
    }
    let error = (f64::from(value as f32) - value).abs();
    Err(PrecisionLoss {
        field: Field::Amount,
        value,
        error,
    })
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: cents(payment.amount_cents)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
