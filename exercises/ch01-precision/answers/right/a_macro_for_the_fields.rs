// keeps all: A macro writes the same comparison for each field.

// ANCHOR: features
macro_rules! within_budget {
    ($field:ident, $exact:expr) => {{
        let (field, value): (_, f64) = (Field::$field, $exact);
        let feature = value as f32;
        let error = (f64::from(feature) - value).abs();
        if !(error <= field.budget(value)) {
            return Err(PrecisionLoss {
                field,
                value,
                error,
            });
        }
        feature
    }};
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    Ok(Features {
        gap: within_budget!(Gap, (payment.now_ms - payment.previous_ms) as f64 / 1e3),
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: within_budget!(Amount, payment.amount_cents as f64 / 1e2),
        mean_amount: within_budget!(MeanAmount, mean(&payment.history_cents) / 1e2),
        share_of_limit: within_budget!(
            ShareOfLimit,
            payment.amount_cents as f64 / payment.limit_cents as f64
        ),
    })
}
// ANCHOR_END: features

// ANCHOR: narrow
// ANCHOR_END: narrow

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    match (nearest as u128).abs_diff(value.into()) {
        0 => Ok(nearest),
        error => Err(PrecisionLoss {
            field,
            value: value as f64,
            error: error as f64,
        }),
    }
}
// ANCHOR_END: whole
