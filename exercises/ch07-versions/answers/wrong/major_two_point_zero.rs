// breaks 6: only 2.0 is too new, 2.1 is a later version

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((major, minor)) if (major, minor) >= (1, needs) && (major, minor) != (2, 0) => {
                Ok(Runtime {
                    version: found,
                    minor,
                })
            }
            Some((0 | 1, _)) => Err(Refusal::TooOld { path, found, needs }),
            Some(_) => Err(Refusal::TooNew { path, found }),
            None => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range
}
