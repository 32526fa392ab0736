// breaks 2: The next id below that is an f32.

// ANCHOR: whole
/// The same number as f32, if there is one.
fn whole(field: Field, value: u64) -> Result<f32, PrecisionLoss> {
    let spare = 40_u32.saturating_sub(value.leading_zeros());
    let kept = value >> spare << spare;
    whole_or_not(field, kept)
}

fn whole_or_not(_: Field, value: u64) -> Result<f32, PrecisionLoss> {
    Ok(value as f32)
}
// ANCHOR_END: whole
