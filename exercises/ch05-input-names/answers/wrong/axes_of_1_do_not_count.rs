// breaks 8: shapes are compared without their axes of 1

// ANCHOR: shapes
/// Whether this is a mask for these ids: axis by axis.
fn of_one_shape(ids: &Named, mask: &Named) -> bool {
    let axes = |given: &Named| -> Vec<usize> {
        given
            .shape
            .iter()
            .copied()
            .filter(|axis| *axis != 1)
            .collect()
    };
    axes(ids) == axes(mask)
}
// ANCHOR_END: shapes
