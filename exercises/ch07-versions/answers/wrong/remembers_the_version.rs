// breaks 5: the version is asked for once in a process

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        static VERSION: std::sync::OnceLock<String> = std::sync::OnceLock::new();
        if VERSION.get().is_none() {
            let asked = library::version(path).map_err(|error| Refusal::NotARuntime {
                path: path.to_owned(),
                found: error.to_string(),
            })?;
            let _ = VERSION.set(asked);
        }
        let version = VERSION.get().unwrap().clone();
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
