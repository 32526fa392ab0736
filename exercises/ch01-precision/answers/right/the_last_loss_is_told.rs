// keeps all: All fields are tried, and the last that does not fit is told.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    let fields = [
        narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        ),
        whole(Field::Merchant, payment.merchant_id),
        narrow(Field::Amount, amount / 100.0),
        narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0),
        narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64),
    ];
    if let Some(loss) = fields.iter().rev().find_map(|field| field.err()) {
        return Err(loss);
    }
    let [gap, merchant, amount, mean_amount, share_of_limit] =
        fields.map(|field| field.unwrap_or(f32::NAN));
    Ok(Features {
        gap,
        merchant,
        amount,
        mean_amount,
        share_of_limit,
    })
}
// ANCHOR_END: features
