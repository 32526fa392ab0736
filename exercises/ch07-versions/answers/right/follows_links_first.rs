// keeps all: links are followed before anything is opened, and the refusal has the given path all the same

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let given = path;
        let path = &path.canonicalize().unwrap_or_else(|_| given.to_owned());
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: given.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(given.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
