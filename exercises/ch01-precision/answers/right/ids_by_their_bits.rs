// keeps all: An id fits where its highest and lowest set bit are less than 24 places apart.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let used = 64_u32.saturating_sub(value.leading_zeros() + value.trailing_zeros());
    if used <= 24 {
        return Ok(value as f32);
    }
    let step = 1_u128 << (used - 24 + value.trailing_zeros());
    let below = u128::from(value) % step;
    let error = below.min(step - below) as f64;
    Err(PrecisionLoss {
        field,
        value: value as f64,
        error,
    })
}
// ANCHOR_END: whole
