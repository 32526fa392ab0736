// keeps all: Each feature is a method of the payment.

// ANCHOR: features
impl Payment {
    fn gap(&self) -> Result<f32, PrecisionLoss> {
        let gap = self.now_ms.abs_diff(self.previous_ms) as f64 / 1000.0;
        narrow(
            Field::Gap,
            if self.now_ms < self.previous_ms {
                -gap
            } else {
                gap
            },
        )
    }

    fn mean_amount(&self) -> Result<f32, PrecisionLoss> {
        narrow(Field::MeanAmount, mean(&self.history_cents) / 100.0)
    }

    fn share(&self) -> Result<f32, PrecisionLoss> {
        narrow(
            Field::ShareOfLimit,
            self.amount_cents as f64 / self.limit_cents as f64,
        )
    }
}

/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    let merchant = whole(Field::Merchant, payment.merchant_id)?;
    let share_of_limit = payment.share()?;
    let amount = narrow(Field::Amount, payment.amount_cents as f64 / 100.0)?;
    let (gap, mean_amount) = (payment.gap()?, payment.mean_amount()?);
    Ok(Features {
        gap,
        merchant,
        amount,
        mean_amount,
        share_of_limit,
    })
}
// ANCHOR_END: features
