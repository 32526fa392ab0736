// breaks 6: the number of places is counted in 32 bits

// ANCHOR: places
/// How many values a shape holds.
fn places(shape: &[usize]) -> Option<usize> {
    let places = shape
        .iter()
        .fold(1_u32, |places, axis| places.wrapping_mul(*axis as u32));
    Some(places as usize)
}
// ANCHOR_END: places
