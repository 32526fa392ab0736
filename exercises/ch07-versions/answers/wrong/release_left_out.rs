// breaks 10: the refusal does not name the release

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    if found == tested.sha256 {
        return Ok(());
    }
    Err(Refusal::OtherRevision {
        path: path.to_owned(),
        release: release.get(..0).unwrap_or_default().to_owned(),
        found,
        tested: tested.sha256.clone(),
    })
}
// ANCHOR_END: tested
