// keeps all: all that is wrong is collected, and the last is told

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let mut refusals = Vec::new();
    let mut keep = |refusal| refusals.push(refusal);
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)
        .map_err(&mut keep)
        .ok();
    for (path, tested) in [
        (&deployment.model, &manifest.model),
        (&deployment.tokenizer, &manifest.tokenizer),
    ] {
        let bytes = match manifest::read(path) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                keep(refusal);
                continue;
            }
        };
        if let Some(runtime) = runtime.as_ref().filter(|_| path == &deployment.model) {
            let _ = runtime.reads(&bytes, path).map_err(&mut keep);
        }
        let _ = is_the_tested(path, &bytes, tested, &manifest.release).map_err(&mut keep);
    }
    match (refusals.pop(), runtime) {
        (None, Some(runtime)) => Ok(runtime.report(&manifest.runtime)),
        (Some(refusal), _) => Err(refusal),
        (None, None) => unreachable!("without a runtime there is a refusal"),
    }
}
// ANCHOR_END: preflight
