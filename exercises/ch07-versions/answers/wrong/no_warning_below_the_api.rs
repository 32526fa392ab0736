// breaks 7: no warning if the tested runtime is older than the API version that the service calls

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = major_and_minor(tested)
            .is_some_and(|tested| tested >= (1, manifest.api) && (1, self.minor) > tested);
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
