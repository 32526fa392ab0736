// keeps all: `Option` says whether a feature fits, and the reason is computed for those that do not.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let fit = |field: Field, value: f64| -> Option<f32> {
        let nearest = value as f32;
        let off = f64::from(nearest) - value;
        (-field.budget(value)..=field.budget(value))
            .contains(&off)
            .then_some(nearest)
    };
    let refuse = |field: Field, value: f64| {
        let error = (f64::from(value as f32) - value).abs();
        move || PrecisionLoss {
            field,
            value,
            error,
        }
    };
    let or_refuse = |field, value| fit(field, value).ok_or_else(refuse(field, value));
    let whole = || {
        let id = payment.merchant_id;
        let error = (id as f32 as u128).abs_diff(id.into());
        let (field, value) = (Field::Merchant, id as f64);
        (error == 0).then_some(id as f32).ok_or(PrecisionLoss {
            field,
            value,
            error: error as f64,
        })
    };
    let cents = payment
        .history_cents
        .iter()
        .map(|&cents| f64::from(cents))
        .sum::<f64>();
    let mean = if cents == 0.0 {
        0.0
    } else {
        cents / payment.history_cents.len() as f64
    };
    Ok(Features {
        gap: or_refuse(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1e3,
        )?,
        merchant: whole()?,
        amount: or_refuse(Field::Amount, payment.amount_cents as f64 / 1e2)?,
        mean_amount: or_refuse(Field::MeanAmount, mean / 1e2)?,
        share_of_limit: or_refuse(
            Field::ShareOfLimit,
            payment.amount_cents as f64 / payment.limit_cents as f64,
        )?,
    })
}
// ANCHOR_END: features

// ANCHOR: narrow
// ANCHOR_END: narrow

// ANCHOR: whole
// ANCHOR_END: whole

// ANCHOR: mean
// ANCHOR_END: mean
