// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
    manifest::read(&deployment.tokenizer)?;
    is_the_tested(
        &deployment.model,
        &model,
        &manifest.model,
        &manifest.release,
    )?;
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
