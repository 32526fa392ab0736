// keeps all: the three files are looked at by three threads, and the first refusal in order is told

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = &Manifest::read(&deployment.manifest)?;
    std::thread::scope(|scope| {
        let runtime = scope.spawn(|| Runtime::look_at(&deployment.runtime, &manifest.runtime));
        let hashed = |path: &'_ PathBuf, tested: &'_ TestedFile| {
            let bytes = manifest::read(path)?;
            is_the_tested(path, &bytes, tested, &manifest.release)?;
            Ok::<_, Refusal>(bytes)
        };
        let model = scope.spawn(move || hashed(&deployment.model, &manifest.model));
        let tokenizer = scope.spawn(move || hashed(&deployment.tokenizer, &manifest.tokenizer));
        let runtime = runtime.join().expect("it panics never")?;
        let model = model.join().expect("it panics never")?;
        tokenizer.join().expect("it panics never")?;
        runtime.reads(&model, &deployment.model)?;
        Ok(runtime.report(&manifest.runtime))
    })
}
// ANCHOR_END: preflight
