//! Why a service does not start. Finished: nothing to edit here.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::path::PathBuf;

/// Why a service does not start. Displayed, it is one line: which file, what was found, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no file at `path`: nothing at all, or a folder.
    Missing {
        /// What was looked for.
        path: PathBuf,
    },
    /// The system does not let us read the file.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The manifest is not one.
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No shared library, or none that is ONNX Runtime, or one that reports no version.
    NotARuntime {
        /// The file.
        path: PathBuf,
        /// What it is instead, in words.
        found: String,
    },
    /// A shared library for another system or processor.
    WrongPlatform {
        /// The library.
        path: PathBuf,
        /// What it is built for.
        found: String,
        /// What this machine loads.
        here: String,
    },
    /// The runtime does not have the API version that the service calls.
    TooOld {
        /// The library.
        path: PathBuf,
        /// The version that it reports.
        found: String,
        /// The first one that would do: 1.`needs`.
        needs: u64,
    },
    /// ONNX Runtime 2.0 or later, which may have another C API.
    TooNew {
        /// The library.
        path: PathBuf,
        /// The version that it reports.
        found: String,
    },
    /// No ONNX model.
    NotAModel {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The model declares a version that this runtime does not read.
    ModelTooNew {
        /// The model.
        path: PathBuf,
        /// `IR version` or `opset`.
        what: &'static str,
        /// What the model declares.
        found: i64,
        /// The highest that the runtime reads.
        reads: i64,
        /// The version that the runtime reports.
        runtime: String,
    },
    /// The model or the tokenizer is not the file that was tested with the other.
    OtherRevision {
        /// The file.
        path: PathBuf,
        /// The release of the manifest.
        release: String,
        /// The SHA-256 of the file.
        found: String,
        /// The SHA-256 in the manifest.
        tested: String,
    },
}

impl Refusal {
    /// The file that keeps the service from starting.
    pub fn path(&self) -> &PathBuf {
        match self {
            Refusal::Missing { path }
            | Refusal::Unreadable { path, .. }
            | Refusal::Manifest { path, .. }
            | Refusal::NotARuntime { path, .. }
            | Refusal::WrongPlatform { path, .. }
            | Refusal::TooOld { path, .. }
            | Refusal::TooNew { path, .. }
            | Refusal::NotAModel { path, .. }
            | Refusal::ModelTooNew { path, .. }
            | Refusal::OtherRevision { path, .. } => path,
        }
    }

    fn found_and_to_do(&self) -> String {
        match self {
            Refusal::Missing { .. } => {
                "there is no such file; is the path right, and the volume mounted?".into()
            }
            Refusal::Unreadable { reason, .. } => {
                format!("it cannot be read ({reason}); let the service's user read it")
            }
            Refusal::Manifest { reason, .. } => {
                format!("this is no manifest ({reason}); take the one of the release")
            }
            Refusal::NotARuntime { found, .. } => {
                format!("not ONNX Runtime: {found}; name the library itself, whole")
            }
            Refusal::WrongPlatform { found, here, .. } => {
                format!("built as {found}, and this machine loads {here}; take the package for it")
            }
            Refusal::TooOld { found, needs, .. } => format!(
                "ONNX Runtime {found} is too old: the service calls API version {needs}; install 1.{needs} or \
                 a later 1.x"
            ),
            Refusal::TooNew { found, .. } => format!(
                "ONNX Runtime {found} is too new: the service is made for 1.x; install a 1.x"
            ),
            Refusal::NotAModel { reason, .. } => format!(
                "this is no ONNX model ({reason}); fetch the file itself, not a link or a page"
            ),
            Refusal::ModelTooNew {
                what,
                found,
                reads,
                runtime,
                ..
            } => format!(
                "the model has {what} {found}, and ONNX Runtime {runtime} reads up to {reads}; install a newer \
                 runtime, or export the model again for {what} {reads}"
            ),
            Refusal::OtherRevision {
                release,
                found,
                tested,
                ..
            } => format!(
                "not the file that release {release} was tested with (SHA-256 {}, not {}); deploy model, \
                 tokenizer and manifest of one release",
                start_of(found),
                start_of(tested)
            ),
        }
    }
}

/// Enough of a hash to tell two files apart by eye.
fn start_of(hash: &str) -> String {
    hash.chars().take(12).collect()
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let line = format!("{}: {}", self.path().display(), self.found_and_to_do());
        // Paths and versions come from outside: whatever is in them, this stays one line.
        f.write_str(&line.replace(char::is_control, " "))
    }
}

impl Error for Refusal {}
