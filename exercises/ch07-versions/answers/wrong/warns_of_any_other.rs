// breaks 7: everything but the very tested version gets a warning

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = self.version != *tested;
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
