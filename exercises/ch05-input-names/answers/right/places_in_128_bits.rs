// keeps all: places are multiplied in 128 bits, up to their end

// ANCHOR: places
fn places(shape: &[usize]) -> Option<usize> {
    let places = shape.iter().map(|&axis| axis as u128);
    let places = if shape.contains(&0) {
        0
    } else {
        places.fold(1, u128::saturating_mul)
    };
    usize::try_from(places).ok()
}
// ANCHOR_END: places
