use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

use crate::header::Unfit;
use crate::{API_VERSION, VARIABLE};

/// Why a file cannot be the runtime. Displayed, it is one line that also says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no file at the path.
    Missing {
        /// The absolute path that was tried.
        path: PathBuf,
    },
    /// The system does not let us read the file.
    Unreadable {
        /// The path that was tried.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A folder, a pipe or a device.
    NotAFile {
        /// What stands at the path.
        path: PathBuf,
        /// It is a folder: the library may well be in it.
        folder: bool,
    },
    /// Seen from outside, the file cannot be loaded here: its system would refuse it, or crash.
    Unfit {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        unfit: Unfit,
    },
    /// The system's loader refuses the file.
    DoesNotLoad {
        /// The file.
        path: PathBuf,
        /// What the loader says.
        reason: String,
    },
    /// A shared library, but without `OrtGetApiBase`, or with one that gives nothing.
    NotOnnxRuntime {
        /// The library.
        path: PathBuf,
    },
    /// ONNX Runtime before 1.24.
    TooOld {
        /// The library.
        path: PathBuf,
        /// What it reports.
        version: String,
    },
    /// ONNX Runtime 2.0 or later: nobody knows whether its C API is the same.
    TooNew {
        /// The library.
        path: PathBuf,
        /// What it reports.
        version: String,
    },
    /// The version that it reports is no version.
    UnknownVersion {
        /// The library.
        path: PathBuf,
        /// What it reports.
        version: String,
    },
    /// The version suits, but `GetApi` has no table for it.
    WithoutApi {
        /// The library.
        path: PathBuf,
        /// What it reports.
        version: String,
    },
}

impl Refusal {
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Refusal {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::Missing { path },
            _ => Refusal::Unreadable {
                path,
                reason: error.to_string(),
            },
        }
    }

    pub(crate) fn does_not_load(path: PathBuf, error: &libloading::Error) -> Refusal {
        // The error itself says only "dlopen failed": its source has what the system says.
        let reason = error.source().unwrap_or(error).to_string();
        Refusal::DoesNotLoad { path, reason }
    }

    /// `None` for 1.24 and every later 1.N. Both parts count: by its second part alone, 2.0.0 would be
    /// older than 1.24, and 0.99.0 newer.
    pub(crate) fn of_version(path: &Path, version: &str) -> Option<Refusal> {
        let path = path.to_owned();
        let mut parts = version.split('.').map(str::parse::<u32>);
        let version = version.to_owned();
        match (parts.next(), parts.next()) {
            (Some(Ok(1)), Some(Ok(minor))) if minor >= API_VERSION => None,
            (Some(Ok(0 | 1)), Some(Ok(_))) => Some(Refusal::TooOld { path, version }),
            (Some(Ok(_)), Some(Ok(_))) => Some(Refusal::TooNew { path, version }),
            _ => Some(Refusal::UnknownVersion { path, version }),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Refusal::Missing { path }
            | Refusal::Unreadable { path, .. }
            | Refusal::NotAFile { path, .. }
            | Refusal::Unfit { path, .. }
            | Refusal::DoesNotLoad { path, .. }
            | Refusal::NotOnnxRuntime { path }
            | Refusal::TooOld { path, .. }
            | Refusal::TooNew { path, .. }
            | Refusal::UnknownVersion { path, .. }
            | Refusal::WithoutApi { path, .. } => path,
        }
    }

    fn what_was_found(&self) -> String {
        match self {
            Refusal::Missing { .. } => "there is no such file".into(),
            Refusal::Unreadable { reason, .. } => format!("it cannot be read ({reason})"),
            Refusal::NotAFile { folder: true, .. } => {
                "this is a folder, not the library in it".into()
            }
            Refusal::NotAFile { folder: false, .. } => "this is not a regular file".into(),
            Refusal::Unfit { unfit, .. } => unfit.to_string(),
            Refusal::DoesNotLoad { reason, .. } => {
                format!("the system does not load it ({reason})")
            }
            Refusal::NotOnnxRuntime { .. } => {
                "a shared library, but not ONNX Runtime: it gives no OrtApiBase".into()
            }
            Refusal::TooOld { version, .. } => format!("ONNX Runtime {version} is too old"),
            Refusal::TooNew { version, .. } => format!("ONNX Runtime {version} is too new"),
            Refusal::UnknownVersion { version, .. } => {
                format!("it reports the version `{version}`, which is none")
            }
            Refusal::WithoutApi { version, .. } => {
                format!("it reports ONNX Runtime {version}, but has no API version {API_VERSION}")
            }
        }
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let line = format!(
            "{}: {}; needed is the whole path of an ONNX Runtime library for this machine, 1.{API_VERSION} \
             or a later 1.x: set {VARIABLE} to one (models/README.md says how to get it), or unset it to \
             use the embedded runtime",
            self.path().display(),
            self.what_was_found(),
        );
        // Paths and versions come from outside: whatever is in them, this stays one line.
        f.write_str(&line.replace(char::is_control, " "))
    }
}

impl Error for Refusal {}
