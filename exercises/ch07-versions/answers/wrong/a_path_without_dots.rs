// breaks 2, 11: the refusal of a model has its path without `./` and doubled separators

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    let tidy: PathBuf = deployment.model.components().collect();
    runtime.reads(&model, &tidy)?;
    let tokenizer = manifest::read(&deployment.tokenizer)?;
    for (path, bytes, tested) in [
        (&deployment.model, model, &manifest.model),
        (&deployment.tokenizer, tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, &bytes, tested, &manifest.release)?;
    }
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
