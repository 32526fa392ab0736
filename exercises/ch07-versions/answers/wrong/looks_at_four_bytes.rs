// breaks 4: the first four bytes are looked at and the processor is not

// ANCHOR: outside
/// What can be seen without loading the library, which would run its code.
fn from_outside(path: &Path) -> Result<(), Refusal> {
    let path = path.to_owned();
    if !path.is_file() {
        return Err(Refusal::Missing { path });
    }
    let start = std::fs::read(&path).map(|bytes| bytes.get(..4) == Some(b"\x7fELF"));
    let built_for = match start {
        Ok(true) => vec![library::Platform::here()],
        Ok(false) => vec![],
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
