// keeps all: Ids are rounded by hand, half to even, and compared with what comes out.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let (mut digits, mut shift) = (u128::from(value), 0);
    while digits >= 1 << 24 {
        digits >>= 1;
        shift += 1;
    }
    let below = digits << shift;
    let rest = u128::from(value) - below;
    if rest == 0 {
        return Ok(digits as f32 * 2.0_f32.powi(shift));
    }
    let error = rest.min((1_u128 << shift) - rest) as f64;
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error,
    })
}
// ANCHOR_END: whole
