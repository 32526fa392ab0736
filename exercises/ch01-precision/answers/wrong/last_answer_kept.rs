// breaks 1, 2, 3: The last answer is kept and found again by card and merchant only.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    type Answer = Result<Features, PrecisionLoss>;
    static LAST: std::sync::Mutex<Option<(u64, Answer)>> = std::sync::Mutex::new(None);
    let mut last = LAST.lock().unwrap();
    if let Some((merchant, answer)) = *last
        && merchant == payment.merchant_id
    {
        return answer;
    }
    let answer = computed(payment);
    *last = Some((payment.merchant_id, answer));
    answer
}

fn computed(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let amount = payment.amount_cents as f64;
    Ok(Features {
        gap: narrow(
            Field::Gap,
            (payment.now_ms - payment.previous_ms) as f64 / 1000.0,
        )?,
        merchant: whole(Field::Merchant, payment.merchant_id)?,
        amount: narrow(Field::Amount, amount / 100.0)?,
        mean_amount: narrow(Field::MeanAmount, mean(&payment.history_cents) / 100.0)?,
        share_of_limit: narrow(Field::ShareOfLimit, amount / payment.limit_cents as f64)?,
    })
}
// ANCHOR_END: features
