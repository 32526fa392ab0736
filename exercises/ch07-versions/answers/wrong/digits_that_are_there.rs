// breaks 10: two hashes are compared to the end of the shorter one

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    if found
        .bytes()
        .zip(tested.sha256.bytes())
        .all(|(a, b)| a == b)
    {
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
