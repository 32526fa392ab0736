// ANCHOR: shapes
/// Whether this is a mask for these ids: it has as many values.
fn of_one_shape(ids: &Named, mask: &Named) -> bool {
    ids.values.count() == mask.values.count()
}
// ANCHOR_END: shapes
