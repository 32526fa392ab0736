// breaks 8: shapes are compared without the order of their axes

// ANCHOR: shapes
/// Whether this is a mask for these ids: axis by axis.
fn of_one_shape(ids: &Named, mask: &Named) -> bool {
    let axes = |given: &Named| {
        let mut axes = given.shape.clone();
        axes.sort();
        axes
    };
    axes(ids) == axes(mask)
}
// ANCHOR_END: shapes
