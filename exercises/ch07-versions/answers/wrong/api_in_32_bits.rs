// breaks 6: an API version beyond 32 bits wraps

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, u64::from(needs.api as u32))
    }
    // ANCHOR_END: runtime
}
