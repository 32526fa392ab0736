// keeps all: model and tokenizer are opened before the runtime is asked, and read from there

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let open = |path: &PathBuf| -> Result<std::fs::File, Refusal> {
        let missing = || Refusal::Missing { path: path.clone() };
        if !path.is_file() {
            return Err(missing());
        }
        std::fs::File::open(path).map_err(|error| Refusal::Unreadable {
            path: path.clone(),
            reason: error.to_string(),
        })
    };
    let [model, tokenizer] = [open(&deployment.model)?, open(&deployment.tokenizer)?];
    let read = |mut file: std::fs::File, path: &PathBuf| {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut bytes).map_err(|error| Refusal::Unreadable {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        Ok::<_, Refusal>(bytes)
    };
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = read(model, &deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
    let tokenizer = read(tokenizer, &deployment.tokenizer)?;
    for (path, bytes, tested) in [
        (&deployment.model, model, &manifest.model),
        (&deployment.tokenizer, tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, &bytes, tested, &manifest.release)?;
    }
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
