// breaks 1, 10: what was read of a model is believed as long as its path, its length and its time are the same

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = Manifest::read(&deployment.manifest)?;
    let runtime = Runtime::look_at(&deployment.runtime, &manifest.runtime)?;
    type Known = Vec<((PathBuf, u64, Option<std::time::SystemTime>), Vec<u8>)>;
    static KNOWN: std::sync::Mutex<Known> = std::sync::Mutex::new(Vec::new());
    let mut known = KNOWN
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let found = std::fs::metadata(&deployment.model);
    let key = found.map(|found| (deployment.model.clone(), found.len(), found.modified().ok()));
    let model = match known
        .iter()
        .find(|(one, _)| key.as_ref().is_ok_and(|key| key == one))
    {
        Some((_, bytes)) => bytes.clone(),
        None => manifest::read(&deployment.model)?,
    };
    if let Ok(key) = key {
        known.push((key, model.clone()));
    }
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
