// breaks 7: The refusal names the first field, and the value and error of the last.

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
    let losses: Vec<PrecisionLoss> = fields.iter().filter_map(|field| field.err()).collect();
    if let (Some(first), Some(last)) = (losses.first(), losses.last()) {
        return Err(PrecisionLoss {
            field: first.field,
            ..*last
        });
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
