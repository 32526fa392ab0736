// keeps all: A trait for all that can be narrowed, with one implementation for whole and one for other numbers.

// ANCHOR: features
/// The model's input for one payment, or the field that f32 cannot carry.
pub fn features(payment: &Payment) -> Result<Features, PrecisionLoss> {
    Ok(Features {
        gap: ((payment.now_ms - payment.previous_ms) as f64 / 1000.0).narrow(Field::Gap)?,
        merchant: payment.merchant_id.narrow(Field::Merchant)?,
        amount: (payment.amount_cents as f64 / 100.0).narrow(Field::Amount)?,
        mean_amount: (mean(&payment.history_cents) / 100.0).narrow(Field::MeanAmount)?,
        share_of_limit: (payment.amount_cents as f64 / payment.limit_cents as f64)
            .narrow(Field::ShareOfLimit)?,
    })
}
// ANCHOR_END: features

// ANCHOR: narrow
trait Narrow: Copy {
    fn narrow(self, field: Field) -> Result<f32, PrecisionLoss>;
}

impl Narrow for f64 {
    fn narrow(self, field: Field) -> Result<f32, PrecisionLoss> {
        let nearest = self as f32;
        let error = (f64::from(nearest) - self).abs();
        match error.partial_cmp(&field.budget(self)) {
            None | Some(std::cmp::Ordering::Greater) => Err(PrecisionLoss {
                field,
                value: self,
                error,
            }),
            Some(_) => Ok(nearest),
        }
    }
}

impl Narrow for u64 {
    fn narrow(self, field: Field) -> Result<f32, PrecisionLoss> {
        let error = (self as f32 as i128 - self as i128).unsigned_abs() as f64;
        if error > 0.0 {
            return Err(PrecisionLoss {
                field,
                value: self as f64,
                error,
            });
        }
        Ok(self as f32)
    }
}
// ANCHOR_END: narrow

// ANCHOR: whole
// ANCHOR_END: whole
