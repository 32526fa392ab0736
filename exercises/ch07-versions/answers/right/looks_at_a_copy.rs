// keeps all: the library is copied once, and the copy is looked at and loaded, so that nobody exchanges it in between

// ANCHOR: uses
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use manifest::{TestedFile, TestedRuntime};

pub use manifest::Manifest;
pub use refusal::Refusal;
// ANCHOR_END: uses

// ANCHOR: outside
/// What can be seen without loading the library, which would run its code.
fn from_outside(path: &Path, copy: &Path) -> Result<(), Refusal> {
    let path = path.to_owned();
    let built_for = match library::built_for(copy) {
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

// ANCHOR: state
/// A file of our own, gone when this is dropped.
struct Copy(PathBuf);

impl Copy {
    fn of(path: &Path) -> Result<Copy, Refusal> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("preflight-{}-{number}", std::process::id());
        let copy = Copy(std::env::temp_dir().join(name));
        match std::fs::copy(path, &copy.0) {
            Ok(_) => Ok(copy),
            Err(error) => Err(Refusal::Unreadable {
                path: path.to_owned(),
                reason: error.to_string(),
            }),
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

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
        if !path.is_file() {
            return Err(Refusal::Missing {
                path: path.to_owned(),
            });
        }
        let copy = Copy::of(path)?;
        from_outside(path, &copy.0)?;
        let version = library::version(&copy.0).map_err(|error| Refusal::NotARuntime {
            path: path.to_owned(),
            found: error.to_string(),
        })?;
        Runtime::in_range(path.to_owned(), version, needs.api)
    }
    // ANCHOR_END: runtime
}
