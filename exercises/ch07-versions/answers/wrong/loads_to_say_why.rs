// breaks 4: a cut library is loaded so that the message has the words of the loader

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
        None => {
            let found = match library::version(&path) {
                Ok(_) => "no shared library, or one cut short".into(),
                Err(error) => error.to_string(),
            };
            Err(Refusal::NotARuntime { path, found })
        }
        Some(found) if !built_for.contains(&here) => Err(Refusal::WrongPlatform {
            path,
            found: found.to_string(),
            here: here.to_string(),
        }),
        Some(_) => Ok(()),
    }
}
// ANCHOR_END: outside
