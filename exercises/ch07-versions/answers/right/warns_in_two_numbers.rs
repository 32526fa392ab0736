// keeps all: the warning names both versions without the patch, the tested one first

impl Runtime {
    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = major_and_minor(tested).is_some_and(|tested| (1, self.minor) > tested);
        let warning = || {
            let tested = major_and_minor(tested).map_or(0, |tested| tested.1);
            format!("tested up to 1.{tested}; this host has 1.{}", self.minor)
        };
        Report {
            warnings: is_newer.then(warning).into_iter().collect(),
            runtime: self.version,
        }
    }
    // ANCHOR_END: report
}
