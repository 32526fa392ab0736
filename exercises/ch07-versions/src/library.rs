//! Looks at a shared library: from outside, or by loading it. Finished: nothing to edit here.

use std::error::Error;
use std::ffi::{CStr, c_char, c_void};
use std::fmt::{self, Display, Formatter};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use object::read::macho::{FatArch, MachOFatFile32, MachOFatFile64};
use object::{Architecture, BinaryFormat, FileKind, Object, ObjectSegment, ReadCache};

/// The system and the processor that a library is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// The file format says the system: ELF, Mach-O or PE.
    format: BinaryFormat,
    processor: Architecture,
}

impl Platform {
    /// What this machine loads.
    pub fn here() -> Platform {
        let format = match () {
            () if cfg!(windows) => BinaryFormat::Pe,
            () if cfg!(target_vendor = "apple") => BinaryFormat::MachO,
            () => BinaryFormat::Elf,
        };
        let processor = match std::env::consts::ARCH {
            "x86_64" => Architecture::X86_64,
            "aarch64" => Architecture::Aarch64,
            "x86" => Architecture::I386,
            "arm" => Architecture::Arm,
            "riscv64" => Architecture::Riscv64,
            "loongarch64" => Architecture::LoongArch64,
            "powerpc64" => Architecture::PowerPc64,
            "s390x" => Architecture::S390x,
            _ => Architecture::Unknown,
        };
        Platform { format, processor }
    }
}

/// What the header of the file says it is built for, read without loading it. Empty if the file is none of
/// ELF, Mach-O and PE or is cut short; a universal library of macOS may have more than one.
///
/// # Errors
/// When the system does not let us read the file.
pub fn built_for(path: &Path) -> io::Result<Vec<Platform>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let file = ReadCache::new(file);
    Ok(match FileKind::parse(&file) {
        Ok(FileKind::MachOFat32) => {
            MachOFatFile32::parse(&file).map_or_else(|_| Vec::new(), |fat| universal(fat.arches()))
        }
        Ok(FileKind::MachOFat64) => {
            MachOFatFile64::parse(&file).map_or_else(|_| Vec::new(), |fat| universal(fat.arches()))
        }
        _ => object::File::parse(&file).map_or_else(
            |_| Vec::new(),
            |library| {
                let platform = Platform {
                    format: library.format(),
                    processor: library.architecture(),
                };
                // What a loader maps is in the file, to its last byte.
                let is_whole = library.segments().all(|segment| {
                    let (start, size) = segment.file_range();
                    start.checked_add(size).is_some_and(|end| end <= length)
                });
                is_whole.then_some(platform).into_iter().collect()
            },
        ),
    })
}

fn universal(parts: &[impl FatArch]) -> Vec<Platform> {
    let platform = |part: &_| Platform {
        format: BinaryFormat::MachO,
        processor: FatArch::architecture(part),
    };
    parts.iter().map(platform).collect()
}

/// Loads the library and asks for its version, for instance `1.31.1`. It stays loaded.
///
/// To load a library is to run its code, and where a file is cut short, Linux may end the whole process:
/// look at it from outside first, with [`built_for`].
///
/// # Errors
/// When the system does not load the file, or it is no ONNX Runtime.
pub fn version(path: &Path) -> Result<String, NoRuntime> {
    // SAFETY: who starts the service trusts the library that the service is to run on.
    let library = match unsafe { libloading::Library::new(absolute(path)) } {
        Ok(library) => Box::leak(Box::new(library)),
        Err(error) => {
            // The error itself says only "dlopen failed".
            let reason = error.source().unwrap_or(&error).to_string();
            return Err(NoRuntime::DoesNotLoad(reason));
        }
    };
    // SAFETY: the types are those of `onnxruntime_c_api.h`, the same since its first release, and every
    // pointer is checked before it is followed.
    unsafe {
        let get_base = library.get::<GetApiBase>(c"OrtGetApiBase");
        let base = get_base.ok().and_then(|get_base| get_base().as_ref());
        let version = base
            .and_then(|base| base.get_version_string)
            .map(|get| get());
        match version {
            Some(version) if !version.is_null() => {
                Ok(CStr::from_ptr(version).to_string_lossy().into_owned())
            }
            _ => Err(NoRuntime::NoApi),
        }
    }
}

/// A bare file name would be searched for in the system's folders, and not in the current one.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// `OrtApiBase` of `onnxruntime_c_api.h`. A null function pointer is `None`.
#[repr(C)]
struct OrtApiBase {
    get_api: Option<unsafe extern "system" fn(u32) -> *const c_void>,
    get_version_string: Option<unsafe extern "system" fn() -> *const c_char>,
}

type GetApiBase = unsafe extern "system" fn() -> *const OrtApiBase;

/// Why a file has no version of ONNX Runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoRuntime {
    /// The system does not load it, and says why.
    DoesNotLoad(String),
    /// It is a library, but gives no `OrtGetApiBase`, or no version.
    NoApi,
}

impl Display for NoRuntime {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            NoRuntime::DoesNotLoad(reason) => write!(f, "the system does not load it ({reason})"),
            NoRuntime::NoApi => {
                f.write_str("a library without OrtGetApiBase, or without a version")
            }
        }
    }
}

impl Error for NoRuntime {}

impl Display for Platform {
    /// For instance `ELF for x86_64`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let format = match self.format {
            BinaryFormat::Elf => "ELF".to_owned(),
            BinaryFormat::MachO => "Mach-O".to_owned(),
            BinaryFormat::Pe => "PE".to_owned(),
            other => format!("{other:?}"),
        };
        let processor = match self.processor {
            Architecture::X86_64 => "x86_64".to_owned(),
            Architecture::Aarch64 => "aarch64".to_owned(),
            other => format!("{other:?}"),
        };
        write!(f, "{format} for {processor}")
    }
}
