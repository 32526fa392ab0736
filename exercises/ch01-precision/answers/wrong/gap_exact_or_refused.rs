// breaks 6, 1: A gap is held to the exactness of an id.

// ANCHOR: features
/// A gap, if its milliseconds are a number of f32.
fn gap(payment: &Payment) -> Result<f32, PrecisionLoss> {
    let between = payment.now_ms.abs_diff(payment.previous_ms);
    let size = whole(Field::Gap, between)? / 1000.0;
    Ok(if payment.now_ms < payment.previous_ms {
        -size
    } else {
        size
    })
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: gap(payment)?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
