// keeps all: a hash in upper-case digits is the same hash

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    if found.eq_ignore_ascii_case(&tested.sha256) {
        return Ok(());
    }
    Err(Refusal::OtherRevision {
        path: path.to_owned(),
        release: release.to_owned(),
        found,
        tested: tested.sha256.clone(),
    })
}
// ANCHOR_END: tested
