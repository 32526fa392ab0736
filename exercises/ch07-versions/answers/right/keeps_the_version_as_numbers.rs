// keeps all: a version is a list of numbers, and the range is one comparison of lists

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        let Some((major, minor)) = major_and_minor(&found) else {
            let found = format!("no version: {found}");
            return Err(Refusal::NotARuntime { path, found });
        };
        let version = [major, minor];
        if !([1, needs]..[2, 0]).contains(&version) {
            return Err(if version < [1, needs] {
                Refusal::TooOld { path, found, needs }
            } else {
                Refusal::TooNew { path, found }
            });
        }
        Ok(Runtime {
            version: found,
            minor,
        })
    }
    // ANCHOR_END: range
}
