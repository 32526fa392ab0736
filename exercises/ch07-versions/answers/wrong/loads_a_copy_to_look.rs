// breaks 4: a copy of the library is loaded before anything is looked at

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        let copy = std::env::temp_dir().join(format!(
            "look-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        ));
        if std::fs::copy(path, &copy).is_ok() {
            let _ = library::version(&copy);
            let _ = std::fs::remove_file(&copy);
        }
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
