// breaks 5, 6: the library is loaded, and its version is taken from its name

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let version = name
            .rsplit_once(".so.")
            .map_or(version, |(_, end)| end.to_owned());
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
