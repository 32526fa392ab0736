// breaks 2: a folder in the place of the tokenizer is told as unreadable

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
    let tokenizer = std::fs::read(&deployment.tokenizer).map_err(|error| {
        let path = deployment.tokenizer.clone();
        match error.kind() {
            std::io::ErrorKind::NotFound => Refusal::Missing { path },
            _ => Refusal::Unreadable {
                path,
                reason: error.to_string(),
            },
        }
    })?;
    for (path, bytes, tested) in [
        (&deployment.model, model, &manifest.model),
        (&deployment.tokenizer, tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, &bytes, tested, &manifest.release)?;
    }
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
