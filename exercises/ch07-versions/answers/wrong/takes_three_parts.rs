// breaks 1: a version of two parts panics

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let parts: Vec<&str> = version.split('.').collect();
    let _patch = parts.get(1).map(|_| parts[2]);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}
// ANCHOR_END: version
