// breaks 5: a minor version has two digits at most

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let mut parts = version
        .split('.')
        .map(|part| part.get(..part.len().min(2))?.parse().ok());
    Some((parts.next()??, parts.next()??))
}
// ANCHOR_END: version
