//! Looks at what a service starts with, before it takes its first request. The promises are in `README.md`.

#[path = "../../../exercises/ch07-versions/src/library.rs"]
pub mod library;
#[path = "../../../exercises/ch07-versions/src/limits.rs"]
pub mod limits;
#[path = "../../../exercises/ch07-versions/src/manifest.rs"]
pub mod manifest;
#[path = "../../../exercises/ch07-versions/src/model.rs"]
pub mod model;
#[path = "../../../exercises/ch07-versions/src/refusal.rs"]
pub mod refusal;

// ANCHOR: uses
use std::path::{Path, PathBuf};

use manifest::{TestedFile, TestedRuntime};

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

// ANCHOR: state
/// An ONNX Runtime that has the API version which the service calls.
struct Runtime {
    /// As the library reports it.
    version: String,
    /// Of 1.`minor`.
    minor: u64,
}
// ANCHOR_END: state

impl Runtime {
    // ANCHOR: runtime
    fn look_at(path: &Path, needs: &TestedRuntime) -> Result<Runtime, Refusal> {
        from_outside(path)?;
        let version = library::version(path).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime

    // ANCHOR: range
    fn in_range(path: PathBuf, found: String, needs: u64) -> Result<Runtime, Refusal> {
        match major_and_minor(&found) {
            Some((1, minor)) if minor >= needs => Ok(Runtime {
                version: found,
                minor,
            }),
            Some((0 | 1, _)) => Err(Refusal::TooOld { path, found, needs }),
            Some(_) => Err(Refusal::TooNew { path, found }),
            None => Err(Refusal::NotARuntime {
                path,
                found: format!("it reports the version `{found}`"),
            }),
        }
    }
    // ANCHOR_END: range

    // ANCHOR: model
    /// Two numbers that the format counts for itself: one for the file, one for the operators.
    fn reads(&self, model: &[u8], path: &Path) -> Result<(), Refusal> {
        let header = model::header(model).map_err(|reason| Refusal::NotAModel {
            path: path.to_owned(),
            reason,
        })?;
        let limits = limits::of(self.minor);
        let opsets = header
            .opsets
            .iter()
            .filter(|opset| matches!(opset.domain.as_str(), "" | "ai.onnx"))
            .map(|opset| ("opset", opset.version, limits.opset));
        let declared = std::iter::once(("IR version", header.ir_version, limits.ir_version));
        match declared
            .chain(opsets)
            .find(|(_, found, reads)| found > reads)
        {
            None => Ok(()),
            Some((what, found, reads)) => Err(Refusal::ModelTooNew {
                path: path.to_owned(),
                what,
                found,
                reads,
                runtime: self.version.clone(),
            }),
        }
    }
    // ANCHOR_END: model

    // ANCHOR: report
    fn report(self, manifest: &TestedRuntime) -> Report {
        let tested = &manifest.tested;
        let is_newer = major_and_minor(tested).is_some_and(|tested| (1, self.minor) > tested);
        let warning = || {
            format!(
                "ONNX Runtime {} is newer than {tested}, the newest that was tested",
                self.version
            )
        };
        Report {
            warnings: is_newer.then(warning).into_iter().collect(),
            runtime: self.version,
        }
    }
    // ANCHOR_END: report
}

// ANCHOR: outside
/// What can be seen without loading the library, which would run its code.
fn from_outside(path: &Path) -> Result<(), Refusal> {
    let path = path.to_owned();
    if !path.is_file() {
        return Err(Refusal::Missing { path });
    }
    let built_for = match library::built_for(&path) {
        Ok(platforms) => platforms,
        Err(error) => {
            let reason = error.to_string();
            return Err(Refusal::Unreadable { path, reason });
        }
    };
    let here = library::Platform::here();
    match built_for.first() {
        None => Err(Refusal::NotARuntime {
            path,
            found: "no shared library, or one cut short".into(),
        }),
        Some(found) if !built_for.contains(&here) => Err(Refusal::WrongPlatform {
            path,
            found: found.to_string(),
            here: here.to_string(),
        }),
        Some(_) => Ok(()),
    }
}
// ANCHOR_END: outside

// ANCHOR: version
/// Numbers, compared in order: as text, 1.9 would come after 1.24.
fn major_and_minor(version: &str) -> Option<(u64, u64)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}
// ANCHOR_END: version

// ANCHOR: tested
fn is_the_tested(
    path: &Path,
    bytes: &[u8],
    tested: &TestedFile,
    release: &str,
) -> Result<(), Refusal> {
    let found = manifest::sha256(bytes);
    if found == tested.sha256 {
        return Ok(());
    }
    Err(Refusal::OtherRevision {
        path: path.to_owned(),
        release: release.to_owned(),
        found,
        tested: tested.sha256.clone(),
    })
}
// ANCHOR_END: tested

#[cfg(test)]
#[path = "../../../exercises/ch07-versions/src/check.rs"]
mod check;
