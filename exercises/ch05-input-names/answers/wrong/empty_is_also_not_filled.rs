// breaks 6, 10: what is empty is told to be not filled as well

// ANCHOR: places
/// How many values a shape holds.
fn places(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1_usize, |places, axis| places.checked_mul(*axis))
        .filter(|places| *places > 0)
}
// ANCHOR_END: places
