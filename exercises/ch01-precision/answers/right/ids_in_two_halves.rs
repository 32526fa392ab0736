// keeps all: The halves of an id are subtracted one after the other in f64, which holds each step.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let nearest = value as f32;
    let (high, low) = (
        (value >> 32) as f64 * 2.0_f64.powi(32),
        f64::from(value as u32),
    );
    let error = (f64::from(nearest) - high - low).abs();
    if error == 0.0 {
        Ok(nearest)
    } else {
        Err(PrecisionLoss {
            field,
            value: value as f64,
            error,
        })
    }
}
// ANCHOR_END: whole
