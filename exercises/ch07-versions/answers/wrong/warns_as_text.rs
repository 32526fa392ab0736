// breaks 7: minor versions are compared as text for the warning

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = major_and_minor(tested)
            .is_some_and(|tested| self.minor.to_string() > tested.1.to_string());
        let warning = || {
            format!(
                "ONNX Runtime {} is newer than {tested}, the newest that was tested",
                self.version
            )
        };
        Report {
            warnings: is_newer.then(warning).into_iter().collect(),
            runtime: self.version,
        }
    }
    // ANCHOR_END: report
}
