// keeps all: what is seen from outside is a chain of results without a match

// ANCHOR: outside
fn from_outside(path: &Path) -> Result<(), Refusal> {
    let here = library::Platform::here();
    let path = || path.to_path_buf();
    path()
        .is_file()
        .then_some(())
        .ok_or_else(|| Refusal::Missing { path: path() })?;
    let platforms = library::built_for(&path()).map_err(|error| Refusal::Unreadable {
        path: path(),
        reason: error.to_string(),
    })?;
    let first = platforms.first().ok_or_else(|| Refusal::NotARuntime {
        path: path(),
        found: "nothing that a loader takes".to_owned(),
    })?;
    platforms
        .iter()
        .any(|one| *one == here)
        .then_some(())
        .ok_or_else(|| Refusal::WrongPlatform {
            path: path(),
            found: first.to_string(),
            here: here.to_string(),
        })
}
// ANCHOR_END: outside
