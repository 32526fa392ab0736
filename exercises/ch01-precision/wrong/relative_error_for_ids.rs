// ANCHOR: whole
/// An id is a number like the others: one part in a million is close enough.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let (value, nearest) = (value as f64, value as f32);
    let error = (f64::from(nearest) - value).abs();
    if error <= 1e-6 * value {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value,
            error,
        })
    }
}
// ANCHOR_END: whole
