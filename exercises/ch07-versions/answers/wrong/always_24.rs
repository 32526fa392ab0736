// breaks 6: the API version is 24 whatever the manifest says

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, 24)
    }
    // ANCHOR_END: runtime
}
