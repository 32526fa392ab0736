// breaks 10: of the tokenizer the first 16 MiB are looked at

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
    let mut tokenizer = manifest::read(&deployment.tokenizer)?;
    tokenizer.truncate(16 << 20);
    for (path, bytes, tested) in [
        (&deployment.model, model, &manifest.model),
        (&deployment.tokenizer, tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, &bytes, tested, &manifest.release)?;
    }
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
