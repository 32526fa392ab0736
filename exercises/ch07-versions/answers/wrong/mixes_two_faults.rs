// breaks 11: of two faults it tells the kind of one with the path of the other

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let missing = [&deployment.model, &deployment.tokenizer]
        .into_iter()
        .find(|path| !path.is_file());
    let runtime =
        Runtime::look_at(&deployment.runtime, &manifest.runtime).map_err(
            |refusal| match missing {
                Some(_) => Refusal::Missing {
                    path: refusal.path().clone(),
                },
                None => refusal,
            },
        )?;
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
