// keeps all: what nobody else notices is looked at first: the hashes, then the model, then the library

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let tokenizer = manifest::read(&deployment.tokenizer)?;
    let model = manifest::read(&deployment.model)?;
    for (path, bytes, tested) in [
        (&deployment.model, &model, &manifest.model),
        (&deployment.tokenizer, &tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, bytes, tested, &manifest.release)?;
    }
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    runtime.reads(&model, &deployment.model)?;
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
