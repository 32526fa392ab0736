// breaks 2: model and tokenizer of a linked manifest are taken from beside the real one

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let real = deployment.manifest.canonicalize().unwrap_or_default();
    let moved = real.parent() != deployment.manifest.parent() && deployment.manifest.is_symlink();
    let beside = |path: &PathBuf| match (moved, path.file_name()) {
        (true, Some(name)) => real.with_file_name(name),
        _ => path.clone(),
    };
    let deployment = &Deployment {
        tokenizer: beside(&deployment.tokenizer),
        model: beside(&deployment.model),
        ..deployment.clone()
    };
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
