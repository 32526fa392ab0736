// keeps all: Fields are computed and refused from the last to the first.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    let share_of_limit = narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?;
    let mean_amount = narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?;
    let amount = narrow(Field::Amount, amount / 100.0)?;
    let merchant = whole(Field::Merchant, payment.merchant_id)?;
    let gap = narrow(
        Field::Gap,
        (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
    )?;
    Ok(Features {
        gap,
        merchant,
        amount,
        mean_amount,
        share_of_limit,
    })
}
// ANCHOR_END: features
