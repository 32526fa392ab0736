// breaks 6: a version is compared as a fraction

impl Runtime {
    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor))
                if format!("1.{minor}").parse::<f64>().unwrap()
                    >= format!("1.{needs}").parse::<f64>().unwrap() =>
            {
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
