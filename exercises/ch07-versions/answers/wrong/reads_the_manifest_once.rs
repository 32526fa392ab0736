// breaks 1: the first manifest of the process is the manifest of all later calls

// ANCHOR: uses
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use manifest::{TestedFile, TestedRuntime};

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    static MANIFEST: OnceLock<Manifest> = OnceLock::new();
    if MANIFEST.get().is_none() {
        let _ = MANIFEST.set(Manifest::read(&deployment.manifest)?);
    }
    let manifest = MANIFEST.get().unwrap();
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
