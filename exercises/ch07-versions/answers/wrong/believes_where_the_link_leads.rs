// breaks 5: the version is taken from the name of the file that a link leads to

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let version = name
            .rsplit_once(".so.")
            .map_or(version, |(_, end)| end.to_owned());
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
