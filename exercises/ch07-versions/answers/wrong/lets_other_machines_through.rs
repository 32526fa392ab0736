// breaks 4: what is built for another machine is left to the loader

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
    match built_for.first() {
        None => Err(Refusal::NotARuntime {
            path,
            found: "no shared library, or one cut short".into(),
        }),
        Some(_) => Ok(()),
    }
}
// ANCHOR_END: outside
