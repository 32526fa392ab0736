// breaks 4: a thread loads the library while its header is looked at

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        let loading = std::thread::spawn({
            let path = path.to_owned();
            move || library::version(&path)
        });
        let outside = from_outside(path);
        let version = loading.join().expect("it panics never");
        outside?;
        let version = version.map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
