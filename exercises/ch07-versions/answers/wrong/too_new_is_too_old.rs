// breaks 6: 2.0 is told as too old

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor)) if minor >= needs => Ok(Runtime {
                version: found,
                minor,
            }),
            Some(_) => Err(Refusal::TooOld { path, found, needs }),
            None => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range
}
