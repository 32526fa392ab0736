// keeps all: each path is looked at before anything is opened

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let Deployment {
        runtime,
        model,
        tokenizer,
        manifest,
    } = deployment;
    if let Some(missing) = [manifest, tokenizer, model, runtime]
        .into_iter()
        .find(|path| !path.is_file())
    {
        return Err(Refusal::Missing {
            path: missing.clone(),
        });
    }
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
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
