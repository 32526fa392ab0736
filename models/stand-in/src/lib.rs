//! A shared library that passes for any version of ONNX Runtime and runs nothing.
//!
//! Loaded, it has what a version check touches: `OrtGetApiBase`, `GetVersionString` and `GetApi`. **It reports the version
//! that stands at the end of its own file**, behind what a loader reads, so its name may be any, a copy of it reports the
//! same, and several can coexist in a process. Like the real one, version 1.N has an API table for each `GetApi(1..=N)`
//! and NULL for the others. A call of a function of the table ends the process.
//!
//! A test takes this package as a dev-dependency and writes a library:
//!
//! ```ignore
//! let folder = tempfile::tempdir()?;
//! let too_old = stand_in_runtime::reporting("1.16.3", folder.path())?;
//! ```

use std::ffi::{CString, OsString, c_char};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Puts a library that reports `version` into `folder`, named as the real one is, and gives its path.
///
/// # Errors
/// When the built library is not beside the running test, or cannot be copied.
pub fn reporting(version: &str, folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join(format!("libonnxruntime.so.{version}"));
    StandIn::reporting(version).write_to(&path)?;
    Ok(path)
}

/// As [`reporting`], but `GetApi` gives NULL for every version, as a broken build would.
///
/// # Errors
/// As [`reporting`].
pub fn reporting_without_api(version: &str, folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join(format!("libonnxruntime-hollow.so.{version}"));
    let stand_in = StandIn {
        has_api: false,
        ..StandIn::reporting(version)
    };
    stand_in.write_to(&path)?;
    Ok(path)
}

/// What a library says and does.
#[derive(Debug, Clone)]
pub struct StandIn {
    /// What `GetVersionString` gives: all up to the first NUL.
    pub version: String,
    /// Whether `GetApi` gives a table for the version's API versions, or NULL for each.
    pub has_api: bool,
    /// A file that the library makes when it is loaded, if its path is UTF-8.
    pub witness: Option<PathBuf>,
}

impl StandIn {
    /// A library that reports `version` and has its API.
    pub fn reporting(version: &str) -> StandIn {
        StandIn {
            version: version.to_owned(),
            has_api: true,
            witness: None,
        }
    }

    /// Writes the library to `path`.
    ///
    /// # Errors
    /// When the built library is not beside the running test, or the file cannot be written.
    pub fn write_to(&self, path: &Path) -> io::Result<()> {
        self.write_over(&built()?, path)
    }

    /// As [`StandIn::write_to`], with `library`, the built one or a part of it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_over(&self, library: &[u8], path: &Path) -> io::Result<()> {
        let mut bytes = library.to_vec();
        let witness = self.witness.as_deref().and_then(Path::to_str);
        let has_api = if self.has_api { "yes" } else { "no" };
        let fields = format!(
            "{has_api}\0{}\0{}",
            witness.unwrap_or_default(),
            self.version
        );
        bytes.extend(fields.as_bytes());
        bytes.extend(
            u32::try_from(fields.len())
                .map_err(io::Error::other)?
                .to_le_bytes(),
        );
        bytes.extend(MARK);
        std::fs::write(path, bytes)
    }

    /// What stands at the end of a file.
    fn read_from(path: &Path) -> Option<StandIn> {
        let mut file = File::open(path).ok()?;
        let mut end = [0; 4 + MARK.len()];
        file.seek(SeekFrom::End(-(end.len() as i64))).ok()?;
        file.read_exact(&mut end).ok()?;
        let (length, mark) = end.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length);
        if mark != MARK {
            return None;
        }
        file.seek(SeekFrom::Current(-(end.len() as i64) - i64::from(length)))
            .ok()?;
        let mut fields = String::new();
        file.take(length.into()).read_to_string(&mut fields).ok()?;
        let (has_api, fields) = fields.split_once('\0')?;
        let (witness, version) = fields.split_once('\0')?;
        Some(StandIn {
            version: version.to_owned(),
            has_api: has_api == "yes",
            witness: (!witness.is_empty()).then(|| witness.into()),
        })
    }
}

/// The library as cargo built it: beside the running test, in `target/*/deps`.
///
/// # Errors
/// When it is not there.
pub fn built() -> io::Result<Vec<u8>> {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    let test = std::env::current_exe()?;
    std::fs::read(test.with_file_name(format!("{DLL_PREFIX}stand_in_runtime{DLL_SUFFIX}")))
}

/// The last bytes of each library that a [`StandIn`] wrote. Before it stand the fields, then their length.
const MARK: &[u8; 16] = b"stand-in-runtime";

/// Runs when the library is loaded: its file need not be there any more when it is asked for its version.
#[used]
#[cfg_attr(windows, unsafe(link_section = ".CRT$XCU"))]
#[cfg_attr(
    target_vendor = "apple",
    unsafe(link_section = "__DATA,__mod_init_func,mod_init_funcs")
)]
#[cfg_attr(
    not(any(windows, target_vendor = "apple")),
    unsafe(link_section = ".init_array")
)]
static ON_LOAD: extern "C" fn() = {
    extern "C" fn on_load() {
        if let Some(witness) = &IDENTITY.witness {
            let _ = File::create(witness);
        }
    }
    on_load
};

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
static IDENTITY: LazyLock<Identity> = LazyLock::new(Identity::read);

/// What the end of the file says.
struct Identity {
    version: CString,
    newest_api: u32,
    witness: Option<PathBuf>,
}

impl Identity {
    fn read() -> Identity {
        let stand_in = StandIn::read_from(Path::new(&own_path()));
        let StandIn {
            version,
            has_api,
            witness,
        } = stand_in.unwrap_or_else(|| StandIn::reporting("0.0.0"));
        let minor = version
            .split('.')
            .nth(1)
            .and_then(|minor| minor.parse().ok());
        let version = version.split('\0').next().unwrap_or_default();
        Identity {
            version: CString::new(version).unwrap_or_default(),
            newest_api: minor.filter(|_| has_api).unwrap_or(0),
            witness,
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

/// The path of the file that this code was loaded from.
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
