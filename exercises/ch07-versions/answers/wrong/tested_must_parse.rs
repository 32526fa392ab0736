// breaks 1: a tested version that is none panics

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer =
            (1, self.minor) > major_and_minor(tested).expect("the manifest says a version");
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
