// breaks 6, 3: A merchant that was refused once for its amount is refused ever after.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    static REFUSED: std::sync::Mutex<Vec<(u64, PrecisionLoss)>> = std::sync::Mutex::new(Vec::new());
    let mut refused = REFUSED.lock().unwrap();
    if let Some((_, loss)) = refused
        .iter()
        .find(|(merchant, _)| *merchant == payment.merchant_id)
    {
        return Err(*loss);
    }
    let amount = payment.amount_cents as f64;
    let features = Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)
            .inspect_err(|&loss| refused.push((payment.merchant_id, loss)))?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    };
    Ok(features)
}
// ANCHOR_END: features
