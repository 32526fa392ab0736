// breaks 4: the library is loaded, and only what does not load is looked at

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        if !path.is_file() {
            return Err(Refusal::Missing {
                path: path.to_owned(),
            });
        }
        let version = match library::version(path) {
            Ok(version) => version,
            Err(error) => {
                from_outside(path)?;
                return Err(Refusal::NotARuntime {
                    path: path.to_owned(),
                    found: error.to_string(),
                });
            }
        };
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
