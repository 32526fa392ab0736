//! Looks at what a service starts with, before it takes its first request. The promises are in `README.md`.

pub mod library;
pub mod limits;
pub mod manifest;
pub mod model;
pub mod refusal;

// ANCHOR: uses
use std::path::{Path, PathBuf};

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

/// The files that a service starts with.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// The ONNX Runtime library. Its name may be any.
    pub runtime: PathBuf,
    /// The ONNX model.
    pub model: PathBuf,
    /// The model's `tokenizer.json`.
    pub tokenizer: PathBuf,
    /// What was tested together: a [`Manifest`].
    pub manifest: PathBuf,
}

/// What is said of a deployment that may start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The version that the runtime reports, for instance `1.31.1`.
    pub runtime: String,
    /// One line for each thing that is right but was never tested: a runtime 1.x of a later minor
    /// version than the manifest's, named with both versions.
    pub warnings: Vec<String>,
}

/// Looks at all four files. It never panics, whatever they hold.
///
/// # Errors
/// The [`Refusal`] that tells what is wrong, and with which file.
// ANCHOR: preflight
pub fn preflight(deployment: &Deployment) -> Result<Report, Refusal> {
    let Deployment {
        runtime,
        model,
        tokenizer,
        manifest,
    } = deployment;
    for path in [runtime, model, tokenizer, manifest] {
        if !path.exists() {
            return Err(Refusal::Missing { path: path.clone() });
        }
    }
    let manifest = Manifest::read(manifest)?;
    let (api, tested) = (manifest.runtime.api, &manifest.runtime.tested);
    let found = version_of(runtime);
    if number(&found) < number(&format!("1.{api}.0")) {
        return Err(Refusal::TooOld {
            path: runtime.clone(),
            found,
            needs: api,
        });
    }
    let mut warnings = Vec::new();
    if number(&found) > number(tested) {
        warnings.push(format!("ONNX Runtime {found} is newer than {tested}"));
    }
    Ok(Report {
        runtime: found,
        warnings,
    })
}
// ANCHOR_END: preflight

// ANCHOR: version
/// The version stands in the name: `libonnxruntime.so.1.31.1`.
fn version_of(library: &Path) -> String {
    let name = library.file_name().unwrap().to_str().unwrap();
    name.split_once(".so.").unwrap().1.to_owned()
}

/// `1.31.1` as 1.31: a patch changes nothing.
fn number(version: &str) -> f64 {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next().unwrap(), parts.next().unwrap());
    format!("{major}.{minor}").parse().unwrap()
}
// ANCHOR_END: version

#[cfg(test)]
mod check;
