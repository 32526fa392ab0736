// keeps all: the warning is upper-case and names the versions in brackets, the newest last

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = major_and_minor(tested).is_some_and(|tested| (1, self.minor) > tested);
        let warning = || {
            format!(
                "UNTESTED RUNTIME (host: [{}], release: [{tested}])",
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
