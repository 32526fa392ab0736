impl Runtime {
    // ANCHOR: range
    /// Text compares well: 1.24 comes before 1.31, and 2 after both.
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        if found < format!("1.{needs}") {
            return Err(Refusal::TooOld { path, found, needs });
        }
        if found.as_str() >= "2" {
            return Err(Refusal::TooNew { path, found });
        }
        match major_and_minor(&found) {
            Some((_, minor)) => Ok(Runtime {
                version: found,
                minor,
            }),
            None => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range
}
