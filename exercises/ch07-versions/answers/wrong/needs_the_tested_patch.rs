// breaks 6: of the tested minor version, an earlier patch is too old

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        if version < needs.tested && major_and_minor(&version) == major_and_minor(&needs.tested) {
            return Err(Refusal::TooOld {
                path: path.to_owned(),
                found: version,
                needs: needs.api,
            });
        }
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
