// breaks 1: Only the low halves of the times are subtracted, so 49 days are as none.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: narrow(
            Field::Gap,
            f64::from((payment.now_ms as u32).wrapping_sub(payment.previous_ms as u32) as i32)
                / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
