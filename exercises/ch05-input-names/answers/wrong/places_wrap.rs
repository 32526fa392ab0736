// breaks 6: the number of places wraps around

// ANCHOR: places
/// How many values a shape holds.
fn places(shape: &[usize]) -> Option<usize> {
    Some(
        shape
            .iter()
            .fold(1_usize, |places, axis| places.wrapping_mul(*axis)),
    )
}
// ANCHOR_END: places
