impl Runtime {
    // ANCHOR: range
    /// The second number is the API version; the first has been 1 for years.
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((_, minor)) if minor >= needs => Ok(Runtime {
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
