// breaks 6: An id is rounded by adding half a step first: the largest overflow.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let spare = 40_u32.saturating_sub(value.leading_zeros());
    let half = (1_u64 << spare) >> 1;
    let rounded = (value + half) >> spare << spare;
    let error = rounded.abs_diff(value);
    if error == 0 {
        Ok(value as f32)
    } else {
        Err(PrecisionLoss {
            field,
            value: value as f64,
            error: error as f64,
        })
    }
}
// ANCHOR_END: whole
