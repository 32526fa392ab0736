// breaks 8: shapes are the same where they have as many places

// ANCHOR: shapes
fn of_one_shape(ids: &Named, mask: &Named) -> bool {
    places(&ids.shape) == places(&mask.shape)
}
// ANCHOR_END: shapes
