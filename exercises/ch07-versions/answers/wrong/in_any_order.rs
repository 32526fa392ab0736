// breaks 10: the hashes of model and tokenizer may be exchanged

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    let model = manifest::read(&deployment.model)?;
    runtime.reads(&model, &deployment.model)?;
    let tokenizer = manifest::read(&deployment.tokenizer)?;
    let mut found = [manifest::sha256(&model), manifest::sha256(&tokenizer)];
    let mut tested = [&*manifest.model.sha256, &*manifest.tokenizer.sha256];
    found.sort();
    tested.sort();
    if found == tested {
        return Ok(runtime.report(&manifest.runtime));
    }
    for (path, bytes, tested) in [
        (&deployment.model, model, &manifest.model),
        (&deployment.tokenizer, tokenizer, &manifest.tokenizer),
    ] {
        is_the_tested(path, &bytes, tested, &manifest.release)?;
    }
    Ok(runtime.report(&manifest.runtime))
}
// ANCHOR_END: preflight
