// keeps all: a `v` in front and a label behind are no part of a version

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let plain = version.trim().trim_start_matches(['v', 'V']);
    let plain = plain.split(['-', '+']).next()?;
    let mut parts = plain.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}
// ANCHOR_END: version
