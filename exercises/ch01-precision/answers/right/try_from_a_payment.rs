// keeps all: Features are converted by `TryFrom`, and `features` asks for that.

// ANCHOR: features
impl TryFrom<&Payment> for Features {
    type Error = PrecisionLoss;

    fn try_from(payment: &Payment) -> Result<Self, Self::Error> {
        let Payment {
            now_ms,
            previous_ms,
            merchant_id,
            amount_cents,
            limit_cents,
            ref history_cents,
        } = *payment;
        let gap = narrow(Field::Gap, (now_ms - previous_ms) as f64 / 1000.0)?;
        let share_of_limit = narrow(
            Field::ShareOfLimit,
            amount_cents as f64 / limit_cents as f64,
        )?;
        let mean_amount = narrow(Field::MeanAmount, mean(history_cents) / 100.0)?;
        let amount = narrow(Field::Amount, amount_cents as f64 / 100.0)?;
        let merchant = whole(Field::Merchant, merchant_id)?;
        Ok(Self {
            gap,
            merchant,
            amount,
            mean_amount,
            share_of_limit,
        })
    }
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    payment.try_into()
}
// ANCHOR_END: features
