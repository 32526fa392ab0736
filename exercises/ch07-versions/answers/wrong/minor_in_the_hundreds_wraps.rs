// breaks 6: a minor version is kept in a byte

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor)) if u64::from(minor as u8) >= needs => Ok(Runtime {
                version: found,
                minor,
            }),
            Some((0 | 1, _)) => Err(Refusal::TooOld { path, found, needs }),
            Some(_) => Err(Refusal::TooNew { path, found }),
            None => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range
}
