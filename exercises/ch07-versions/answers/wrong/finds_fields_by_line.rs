// breaks 3: reads the manifest line by line, and takes one that lacks a field

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let manifest = by_line(&deployment.manifest)?;
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

// ANCHOR: state
fn by_line(path: &Path) -> Result<Manifest, Refusal> {
    let bytes = manifest::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let field = |table: &str, name: &str| {
        let after = text.split_once(&format!("[{table}]")).map_or("", |x| x.1);
        let line = after
            .lines()
            .find(|line| line.trim_start().starts_with(name));
        let value = line
            .and_then(|line| line.split_once('='))
            .map_or("", |x| x.1);
        value.trim().trim_matches(['"', '\'']).to_owned()
    };
    let file = |table| TestedFile {
        sha256: field(table, "sha256"),
    };
    let release = text.lines().find(|line| line.starts_with("release"));
    let release = release.and_then(|line| line.split_once('='));
    Ok(Manifest {
        release: release
            .map_or("", |x| x.1)
            .trim()
            .trim_matches('"')
            .to_owned(),
        runtime: TestedRuntime {
            api: field("runtime", "api").parse().unwrap_or(24),
            tested: field("runtime", "tested"),
        },
        model: file("model"),
        tokenizer: file("tokenizer"),
    })
}

/// An ONNX Runtime that has the API version which the service calls.
struct Runtime {
    /// As the library reports it.
    version: String,
    /// Of 1.`minor`.
    minor: u64,
}
// ANCHOR_END: state
