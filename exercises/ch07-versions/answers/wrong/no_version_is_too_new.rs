// breaks 5: a report without a number is told as too new

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor)) if minor >= needs => Ok(Runtime {
                version: found,
                minor,
            }),
            Some((0 | 1, _)) => Err(Refusal::TooOld { path, found, needs }),
            _ => Err(Refusal::TooNew { path, found }),
        }
    }
    // ANCHOR_END: range
}
