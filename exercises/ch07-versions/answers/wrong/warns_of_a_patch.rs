// breaks 7: a later patch gets a warning

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let numbers = |text: &str| -> Vec<u64> {
            text.split('.')
                .filter_map(|part| part.parse().ok())
                .collect()
        };
        let is_newer = numbers(&self.version) > numbers(tested);
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
