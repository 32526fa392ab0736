// keeps all: hashes are compared as bytes, in a time that does not depend on them

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    let same = found.len() == tested.sha256.len()
        && found
            .bytes()
            .zip(tested.sha256.bytes())
            .fold(0, |sum, (one, other)| sum | (one ^ other))
            == 0;
    if same {
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
