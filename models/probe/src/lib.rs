//! Reads the version of an ONNX Runtime library before anything depends on it.
//!
//! `ort` loads the library of `ORT_DYLIB_PATH` at its first use, and where that fails it panics, or
//! worse: once its `init_from` has failed, release 2.0.0-rc.14 takes the next call for a success and
//! goes on without a library. So the file is looked at here first. Each thing that can be wrong is a
//! [`Refusal`] of one line: what was found, what is needed, what to do.

mod header;
mod refusal;

use std::ffi::{CStr, c_char, c_void};
use std::fs::File;
use std::path::{Path, PathBuf, absolute};

pub use header::Unfit;
pub use refusal::Refusal;

/// The version of ONNX Runtime's C API that the workbook is compiled for. ONNX Runtime 1.N has the
/// versions 1 to N, so this is also the lowest minor version of the library: 1.24.
pub const API_VERSION: u32 = 24;

/// The environment variable that names the library.
pub const VARIABLE: &str = "ORT_DYLIB_PATH";

/// A library that can run models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Where it is: an absolute path.
    pub path: PathBuf,
    /// What its `GetVersionString` gives, for instance `1.31.1`.
    pub version: String,
}

/// The path in [`VARIABLE`]; `None` when it is unset or empty, which asks for the embedded runtime.
pub fn asked_for() -> Option<PathBuf> {
    let value = std::env::var_os(VARIABLE).filter(|value| !value.is_empty())?;
    Some(PathBuf::from(value))
}

/// Loads the library at `path` and asks for its version and for API [`API_VERSION`].
///
/// The library stays loaded: to unload it would run its own code once more, and who asks wants to use
/// it. A relative path counts from the current folder, never from the loader's search path. What is
/// cheap to see from outside is checked before anything of the file runs; yet a library can run code
/// of its own while it is loaded. Who cannot trust the file probes it in a child process.
///
/// # Errors
/// A [`Refusal`], unless the file is an ONNX Runtime 1.24 or newer, before 2.0, for this machine.
pub fn probe(path: &Path) -> Result<Library, Refusal> {
    let path = absolute(path).map_err(|error| Refusal::unreadable(path, &error))?;
    // First of all, because to open a named pipe can wait for ever.
    let kind = path
        .metadata()
        .map_err(|error| Refusal::unreadable(&path, &error))?;
    if !kind.is_file() {
        let folder = kind.is_dir();
        return Err(Refusal::NotAFile { path, folder });
    }
    let file = File::open(&path).map_err(|error| Refusal::unreadable(&path, &error))?;
    if let Err(unfit) = header::examine(&file) {
        return Err(Refusal::Unfit { path, unfit });
    }
    load(path)
}

/// `OrtApiBase` of `onnxruntime_c_api.h`. A null function pointer is `None`.
#[repr(C)]
struct OrtApiBase {
    get_api: Option<unsafe extern "system" fn(u32) -> *const c_void>,
    get_version_string: Option<unsafe extern "system" fn() -> *const c_char>,
}

type GetApiBase = unsafe extern "system" fn() -> *const OrtApiBase;

fn load(path: PathBuf) -> Result<Library, Refusal> {
    // SAFETY: to load a library is to trust its code; this is what the variable asks for.
    let library = match unsafe { libloading::Library::new(&path) } {
        Ok(library) => Box::leak(Box::new(library)),
        Err(error) => return Err(Refusal::does_not_load(path, &error)),
    };
    // SAFETY: the types are those of `onnxruntime_c_api.h`, the same since its first release, and
    // every pointer is checked before it is followed.
    unsafe {
        let Ok(get_base) = library.get::<GetApiBase>(c"OrtGetApiBase") else {
            return Err(Refusal::NotOnnxRuntime { path });
        };
        let Some(base) = get_base().as_ref() else {
            return Err(Refusal::NotOnnxRuntime { path });
        };
        let (Some(get_api), Some(get_version)) = (base.get_api, base.get_version_string) else {
            return Err(Refusal::NotOnnxRuntime { path });
        };
        let version = get_version();
        if version.is_null() {
            return Err(Refusal::NotOnnxRuntime { path });
        }
        let version = CStr::from_ptr(version).to_string_lossy().into_owned();
        // Before `get_api`, because an old library prints to stderr that it has no such version.
        if let Some(refusal) = Refusal::of_version(&path, &version) {
            return Err(refusal);
        }
        if get_api(API_VERSION).is_null() {
            return Err(Refusal::WithoutApi { path, version });
        }
        Ok(Library { path, version })
    }
}
