impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let found = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        let runtime = Runtime::in_range(path.to_owned(), found.clone(), needs.api)?;
        if found != needs.tested {
            let path = path.to_owned();
            return Err(Refusal::TooNew { path, found });
        }
        Ok(runtime)
    }
    // ANCHOR_END: runtime
}
