// breaks 2: blanks around a name do not count

// ANCHOR: named
fn is_named(given: &Named, name: &str) -> bool {
    given.name.trim() == name
}
// ANCHOR_END: named
