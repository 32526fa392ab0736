// breaks 7: the warning is given once in a process

// ANCHOR: state
static WARNED: std::sync::Mutex<bool> = std::sync::Mutex::new(false);

/// An ONNX Runtime that has the API version which the service calls.
struct Runtime {
    /// As the library reports it.
    version: String,
    /// Of 1.`minor`.
    minor: u64,
}
// ANCHOR_END: state

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = major_and_minor(tested).is_some_and(|tested| (1, self.minor) > tested);
        let warning = || {
            format!(
                "ONNX Runtime {} is newer than {tested}, the newest that was tested",
                self.version
            )
        };
        Report {
            warnings: (is_newer && !std::mem::replace(&mut *WARNED.lock().unwrap(), true))
                .then(warning)
                .into_iter()
                .collect(),
            runtime: self.version,
        }
    }
    // ANCHOR_END: report
}
