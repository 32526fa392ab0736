// keeps all: Distances are compared as whole numbers of cents and of milliseconds, and f64 only tells them.

// ANCHOR: features
/// An amount whose distance from its f32 is counted in i128, in 2^-24 of a cent.
fn hundredths(cents: i64) -> Result<f32, PrecisionLoss> {
    let value = cents as f64 / 100.0;
    let nearest = value as f32;
    let unit = 1_i128 << 24;
    // From 2^24 on an f32 is a whole number; below, its last bit is above 2^-24 or the amount is below 1.
    let carried = (f64::from(nearest) * 100.0 * unit as f64) as i128;
    let distance = carried.abs_diff(i128::from(cents) * unit);
    if 2 * distance <= unit.unsigned_abs() {
        Ok(nearest)
    } else {
        let error = distance as f64 / unit as f64 / 100.0;
        Err(PrecisionLoss {
            field: Field::Amount,
            value,
            error,
        })
    }
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: hundredths(payment.amount_cents)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(
            Field::ShareOfLimit,
            payment.amount_cents as f64 / payment.limit_cents as f64,
        )?,
    })
}
// ANCHOR_END: features
