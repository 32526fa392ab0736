// breaks 6, 10: the number of places is multiplied without a thought of its size

// ANCHOR: places
/// How many values a shape holds.
fn places(shape: &[usize]) -> Option<usize> {
    Some(shape.iter().product())
}
// ANCHOR_END: places
