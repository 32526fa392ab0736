// keeps all: a model of another release is told before its header is read

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    is_the_tested(
        &deployment.model,
        &model,
        &manifest.model,
        &manifest.release,
    )?;
    runtime.reads(&model, &deployment.model)?;
    let tokenizer = manifest::read(&deployment.tokenizer)?;
    let tested = &manifest.tokenizer;
    is_the_tested(&deployment.tokenizer, &tokenizer, tested, &manifest.release)?;
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
