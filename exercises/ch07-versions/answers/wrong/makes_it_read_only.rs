// breaks 1: a model that was found right is made read-only, so that nobody exchanges it

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
    let tokenizer = manifest::read(&deployment.tokenizer)?;
    for (path, bytes, tested) in [
        (&deployment.model, model, &manifest.model),
        (&deployment.tokenizer, tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, &bytes, tested, &manifest.release)?;
    }
    if let Ok(found) = std::fs::metadata(&deployment.model) {
        let mut permissions = found.permissions();
        permissions.set_readonly(true);
        let _ = std::fs::set_permissions(&deployment.model, permissions);
    }
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
