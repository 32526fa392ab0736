// breaks 5, 4: a library that is no ONNX Runtime is told as one for another machine

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::WrongPlatform {
            path: path.to_owned(),
            found: error.to_string(),
            here: library::Platform::here().to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
