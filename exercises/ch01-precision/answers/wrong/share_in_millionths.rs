// breaks 5: The share is a whole number of millionths.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: match payment.limit_cents {
            0 => narrow(Field::ShareOfLimit, f64::NAN)?,
            limit => {
                let millionths = i128::from(payment.amount_cents) * 1_000_000 / i128::from(limit);
                narrow(Field::ShareOfLimit, millionths as f64 / 1e6)?
            }
        },
    })
}
// ANCHOR_END: features
