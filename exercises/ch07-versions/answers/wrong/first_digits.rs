// breaks 10: the first 12 digits of a hash are compared, as in the message

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    if found[..12].bytes().eq(tested.sha256.bytes().take(12)) {
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
