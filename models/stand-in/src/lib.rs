//! A shared library that passes for any version of ONNX Runtime and runs nothing.
//!
//! Loaded, it has what a version check touches: `OrtGetApiBase`, `GetVersionString` and `GetApi`.
//! **It reports the version that its own file name ends with**, as the real files are named: a copy
//! called `libonnxruntime.so.1.16.3` reports 1.16.3, on every system. So a test writes down what it
//! needs, several can coexist in a process, and a child process sees the same. Like the real one,
//! version 1.N has an API table for each `GetApi(1..=N)` and NULL for the others; a file whose name
//! has `hollow` in it has none at all. A call of a function of the table ends the process.
//!
//! A test takes this package as a dev-dependency and asks for a copy:
//!
//! ```ignore
//! let folder = tempfile::tempdir()?;
//! let too_old = stand_in_runtime::reporting("1.16.3", folder.path())?;
//! ```

use std::ffi::{CString, OsString, c_char};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Puts a library that reports `version` into `folder` and gives its path.
///
/// # Errors
/// When the built library is not beside the running test, or cannot be copied.
pub fn reporting(version: &str, folder: &Path) -> std::io::Result<PathBuf> {
    copy_to(folder.join(format!("libonnxruntime.so.{version}")))
}

/// As [`reporting`], but `GetApi` gives NULL for every version, as a broken build would.
///
/// # Errors
/// As [`reporting`].
pub fn reporting_without_api(version: &str, folder: &Path) -> std::io::Result<PathBuf> {
    copy_to(folder.join(format!("libonnxruntime-hollow.so.{version}")))
}

fn copy_to(copy: PathBuf) -> std::io::Result<PathBuf> {
    std::fs::copy(built()?, &copy)?;
    Ok(copy)
}

/// The library as cargo built it: beside the running test, in `target/*/deps`.
fn built() -> std::io::Result<PathBuf> {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    let test = std::env::current_exe()?;
    Ok(test.with_file_name(format!("{DLL_PREFIX}stand_in_runtime{DLL_SUFFIX}")))
}

/// `OrtApiBase` of `onnxruntime_c_api.h`.
#[repr(C)]
struct OrtApiBase {
    get_api: extern "system" fn(u32) -> *const ApiTable,
    get_version_string: extern "system" fn() -> *const c_char,
}

/// More slots than any API table of ONNX Runtime has functions (version 24 has fewer than 500).
type ApiTable = [extern "system" fn(); 1024];

static BASE: OrtApiBase = OrtApiBase {
    get_api,
    get_version_string,
};
static TABLE: ApiTable = [runs_nothing; 1024];
static IDENTITY: LazyLock<Identity> = LazyLock::new(|| Identity::of(&own_file_name()));

/// What the file's name says.
struct Identity {
    version: CString,
    newest_api: u32,
}

impl Identity {
    fn of(file_name: &str) -> Identity {
        let version = file_name
            .rsplit_once(".so.")
            .map_or("0.0.0", |(_, end)| end);
        let minor = version
            .split('.')
            .nth(1)
            .and_then(|minor| minor.parse().ok());
        let is_hollow = file_name.contains("hollow");
        Identity {
            version: CString::new(version).unwrap_or_default(),
            newest_api: minor.filter(|_| !is_hollow).unwrap_or(0),
        }
    }
}

/// The one symbol that every ONNX Runtime exports.
#[unsafe(no_mangle)]
extern "system" fn OrtGetApiBase() -> *const OrtApiBase {
    &BASE
}

extern "system" fn get_version_string() -> *const c_char {
    IDENTITY.version.as_ptr()
}

extern "system" fn get_api(version: u32) -> *const ApiTable {
    if (1..=IDENTITY.newest_api).contains(&version) {
        &TABLE
    } else {
        std::ptr::null()
    }
}

extern "system" fn runs_nothing() {
    eprintln!("the stand-in for ONNX Runtime runs nothing: it only reports a version");
    std::process::exit(70);
}

/// The name of the file that this code was loaded from.
fn own_file_name() -> String {
    let path = PathBuf::from(own_path());
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(unix)]
fn own_path() -> OsString {
    use std::ffi::CStr;
    use std::os::unix::ffi::OsStringExt;

    // SAFETY: `info` is only written by `dladdr`, and its name is that of a library that stays
    // loaded while its code runs: this one.
    unsafe {
        let mut info: libc::Dl_info = std::mem::zeroed();
        if libc::dladdr((&raw const BASE).cast(), &mut info) == 0 || info.dli_fname.is_null() {
            return OsString::new();
        }
        OsString::from_vec(CStr::from_ptr(info.dli_fname).to_bytes().to_vec())
    }
}

#[cfg(windows)]
fn own_path() -> OsString {
    use std::os::windows::ffi::OsStringExt;
    use windows_sys::Win32::System::LibraryLoader as loader;

    let mut path = [0_u16; 1024];
    // SAFETY: the address lies in this library, and `path` is as long as it is said to be.
    let length = unsafe {
        let mut module = std::ptr::null_mut();
        let by_address = loader::GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
            | loader::GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
        loader::GetModuleHandleExW(by_address, (&raw const BASE).cast(), &mut module);
        loader::GetModuleFileNameW(module, path.as_mut_ptr(), path.len() as u32)
    };
    OsString::from_wide(&path[..length as usize])
}
