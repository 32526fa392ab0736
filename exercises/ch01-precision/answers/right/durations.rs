// keeps all: A gap is a `Duration` with a sign beside it.

// ANCHOR: features
/// The gap by way of a `Duration`, which has no sign.
fn seconds(payment: &Payment) -> f32 {
    let between = payment.now_ms.abs_diff(payment.previous_ms);
    let gap = std::time::Duration::from_millis(between).as_secs_f32();
    if payment.now_ms >= payment.previous_ms {
        gap
    } else {
        -gap
    }
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: seconds(payment),
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
