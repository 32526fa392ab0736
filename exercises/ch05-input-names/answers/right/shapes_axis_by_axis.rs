// keeps all: shapes are zipped axis by axis, after their lengths; names are compared as bytes

// ANCHOR: named
fn is_named(given: &Named, name: &str) -> bool {
    given.name.as_bytes() == name.as_bytes()
}
// ANCHOR_END: named

// ANCHOR: shapes
fn of_one_shape(ids: &Named, mask: &Named) -> bool {
    let mut axes = ids.shape.iter().zip(&mask.shape);
    ids.shape.len() == mask.shape.len() && axes.all(|(one, other)| one == other)
}
// ANCHOR_END: shapes
