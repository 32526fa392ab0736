// breaks 6: more than 32 minor versions after the API version are too new

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor)) if minor >= needs && minor - needs <= 32 => Ok(Runtime {
                version: found,
                minor,
            }),
            Some((0 | 1, minor)) if minor < needs => Err(Refusal::TooOld { path, found, needs }),
            Some(_) => Err(Refusal::TooNew { path, found }),
            None => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range
}
