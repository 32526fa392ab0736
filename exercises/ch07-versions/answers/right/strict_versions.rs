// keeps all: a version has exactly three numbers, and each part of both files is parsed so

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let parts: Vec<u32> = version
        .split('.')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [major, minor, _patch] = parts[..] else {
        return None;
    };
    Some((major.into(), minor.into()))
}
// ANCHOR_END: version
