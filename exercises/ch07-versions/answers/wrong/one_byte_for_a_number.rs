// breaks 5: a part of a version above 255 is no version

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u8>().ok().map(u64::from));
    Some((parts.next()??, parts.next()??))
}
// ANCHOR_END: version
