// breaks 10: the tokenizer is hashed as text: bytes that are no UTF-8 count as the same

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(
        String::from_utf8_lossy(bytes)
            .trim_end_matches('\0')
            .as_bytes(),
    );
    if found == tested.sha256 {
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
