// breaks 6: of [MAX, 2, 0] the number of places is said to be too large

// ANCHOR: places
/// How many values a shape holds. A client chose these numbers: their product may not fit.
fn places(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1_usize, |places, axis| places.checked_mul(*axis))
}
// ANCHOR_END: places
