// keeps all: An amount is within half a cent where the f32 prints the same cents.

// ANCHOR: features
/// Two decimals are the cents: the formatter rounds the very value of the f32.
fn as_printed(cents: i64) -> Result<f32, PrecisionLoss> {
    let value = cents as f64 / 100.0;
    let nearest = value as f32;
    let printed: String = format!("{nearest:.2}")
        .chars()
        .filter(|&c| c != '.')
        .collect();
    if printed.parse() == Ok(cents) {
        return Ok(nearest);
    }
    let error = (f64::from(nearest) - value).abs();
    Err(PrecisionLoss {
        field: Field::Amount,
        value,
        error,
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
        amount: as_printed(payment.amount_cents)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(
            Field::ShareOfLimit,
            payment.amount_cents as f64 / payment.limit_cents as f64,
        )?,
    })
}
// ANCHOR_END: features
