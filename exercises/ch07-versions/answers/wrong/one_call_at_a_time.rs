// breaks 1: a call that comes while another one runs is told that a file cannot be read

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    static RUNS: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let Ok(_runs) = RUNS.try_lock() else {
        return Err(Refusal::Unreadable {
            path: deployment.manifest.clone(),
            reason: "another preflight runs".to_owned(),
        });
    };
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
