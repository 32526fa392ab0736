// breaks 6: a runtime older than the tested one is too old

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(
            path.to_owned(),
            version,
            major_and_minor(&needs.tested).map_or(needs.api, |tested| tested.1),
        )
    }
    // ANCHOR_END: runtime
}
