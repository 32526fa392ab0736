// breaks 2: a symbolic link to model or tokenizer is no file

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    for path in [&deployment.model, &deployment.tokenizer] {
        if path.is_symlink() {
            return Err(Refusal::Missing { path: path.clone() });
        }
    }
    let model = manifest::read(&deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
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
