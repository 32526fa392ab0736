// breaks 10: found and tested are exchanged in the refusal

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
        release: release.to_owned(),
        tested: found,
        found: tested.sha256.clone(),
    })
}
// ANCHOR_END: tested
