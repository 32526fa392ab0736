// breaks 6: from 3.0 on it is told as no runtime

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor)) if minor >= needs => Ok(Runtime {
                version: found,
                minor,
            }),
            Some((0 | 1, _)) => Err(Refusal::TooOld { path, found, needs }),
            Some((2, _)) => Err(Refusal::TooNew { path, found }),
            _ => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range
}
