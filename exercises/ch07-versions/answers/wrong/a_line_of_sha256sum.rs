// breaks 10: what stands behind the hash is left away, as `sha256sum` writes the name of the file there

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    if Some(found.as_str()) == tested.sha256.split_whitespace().next() {
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
