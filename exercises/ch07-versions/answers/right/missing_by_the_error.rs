// keeps all: what the system says tells what is missing from what may not be looked at

// ANCHOR: outside
/// What can be seen without loading the library, which would run its code.
fn from_outside(path: &Path) -> Result<(), Refusal> {
    let path = path.to_owned();
    match std::fs::metadata(&path) {
        Ok(found) if found.is_file() => {}
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
            let reason = error.to_string();
            return Err(Refusal::Unreadable { path, reason });
        }
        _ => return Err(Refusal::Missing { path }),
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
        None => Err(Refusal::NotARuntime {
            path,
            found: "no shared library, or one cut short".into(),
        }),
        Some(found) if !built_for.contains(&here) => Err(Refusal::WrongPlatform {
            path,
            found: found.to_string(),
            here: here.to_string(),
        }),
        Some(_) => Ok(()),
    }
}
// ANCHOR_END: outside
