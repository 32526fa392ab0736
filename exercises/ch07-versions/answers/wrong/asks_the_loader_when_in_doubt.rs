// breaks 4: of a header that nobody can read the loader is asked

// ANCHOR: outside
/// What can be seen without loading the library, which would run its code.
fn from_outside(path: &Path) -> Result<(), Refusal> {
    let path = path.to_owned();
    if !path.is_file() {
        return Err(Refusal::Missing { path });
    }
    let built_for = match library::built_for(&path) {
        Ok(platforms) => platforms,
        Err(error) => {
            let reason = error.to_string();
            return Err(Refusal::Unreadable { path, reason });
        }
    };
    let here = library::Platform::here();
    match built_for.first() {
        None => match library::version(&path) {
            Ok(_) => Ok(()),
            Err(error) => Err(Refusal::NotARuntime {
                path,
                found: error.to_string(),
            }),
        },
        Some(found) if !built_for.contains(&here) => Err(Refusal::WrongPlatform {
            path,
            found: found.to_string(),
            here: here.to_string(),
        }),
        Some(_) => Ok(()),
    }
}
// ANCHOR_END: outside
