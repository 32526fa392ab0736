// keeps all: A distance of just half a cent is judged in whole numbers and kept; f64 would sometimes refuse it.

// ANCHOR: features
/// `f32 * 100` has 31 bits, and the difference of two exact numbers is rounded once.
fn to_the_cent(cents: i64) -> Result<f32, PrecisionLoss> {
    let value = cents as f64 / 100.0;
    let nearest = value as f32;
    let cents_off = (f64::from(nearest) * 100.0 - cents as f64).abs();
    if cents_off <= 0.5 {
        return Ok(nearest);
    }
    Err(PrecisionLoss {
        field: Field::Amount,
        value,
        error: cents_off / 100.0,
    })
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: to_the_cent(payment.amount_cents)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(
            Field::ShareOfLimit,
            payment.amount_cents as f64 / payment.limit_cents as f64,
        )?,
    })
}
// ANCHOR_END: features
