// keeps all: The amount is written as a decimal text and read back as f32: the standard library rounds to the nearest.

// ANCHOR: features
/// Cents, as the amount is printed on a receipt, and from there the nearest f32.
fn written(cents: i64) -> Result<f32, PrecisionLoss> {
    let size = cents.unsigned_abs();
    let sign = if cents < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:02}", size / 100, size % 100);
    let (value, nearest): (f64, f32) = match (text.parse(), text.parse()) {
        (Ok(value), Ok(nearest)) => (value, nearest),
        _ => unreachable!("digits, a point and two digits are a number"),
    };
    let error = (f64::from(nearest) - value).abs();
    if error > Field::Amount.budget(value) {
        return Err(PrecisionLoss {
            field: Field::Amount,
            value,
            error,
        });
    }
    Ok(nearest)
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: written(payment.amount_cents)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(
            Field::ShareOfLimit,
            payment.amount_cents as f64 / payment.limit_cents as f64,
        )?,
    })
}
// ANCHOR_END: features
