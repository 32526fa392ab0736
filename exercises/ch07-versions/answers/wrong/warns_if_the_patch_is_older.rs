// breaks 7: an older patch of a later minor version gets no warning

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let patch = |text: &str| {
            text.rsplit('.')
                .next()
                .and_then(|part| part.parse::<u64>().ok())
        };
        let is_newer = patch(&self.version) >= patch(tested)
            && major_and_minor(tested).is_some_and(|tested| (1, self.minor) > tested);
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
