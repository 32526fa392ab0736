// breaks 2: the refusal of another revision has its path as text, in which what is no text is replaced

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
        path: path.to_string_lossy().into_owned().into(),
        release: release.to_owned(),
        found,
        tested: tested.sha256.clone(),
    })
}
// ANCHOR_END: tested
