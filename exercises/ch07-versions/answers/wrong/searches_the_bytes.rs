// breaks 5: the version is the first text in the file that looks like one

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let bytes = manifest::read(path)?;
        let is_one = |text: &&[u8]| {
            let parts: Vec<_> = text.split(|byte| *byte == b'.').collect();
            let digits = |part: &&[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
            parts.len() == 3 && parts.iter().all(digits)
        };
        let text = bytes.split(|byte| *byte == 0).find(is_one);
        let version = String::from_utf8_lossy(text.unwrap_or_default()).into_owned();
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
