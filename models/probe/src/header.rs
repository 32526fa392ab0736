//! What the first bytes of a file say, before its system's loader sees it.

use std::fmt::{self, Display, Formatter};
use std::fs::File;

use object::{Architecture, BinaryFormat, FileKind, Object, ObjectSegment, ReadCache, ReadRef};

/// Why a file cannot be loaded on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// No format of a shared library.
    NotALibrary,
    /// A zip archive: the package that the library comes in.
    Archive,
    /// A library for another system or processor.
    Foreign {
        /// Format and processor of the file, for instance `ELF for aarch64`.
        found: String,
        /// The same of this machine.
        here: String,
    },
    /// The beginning of a library. On Linux, to load it kills the process (SIGBUS).
    CutShort,
}

impl Display for Unfit {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::NotALibrary => f.write_str("this is not a shared library"),
            Unfit::Archive => {
                f.write_str("this is an archive: the library is in it, in onnxruntime/capi")
            }
            Unfit::Foreign { found, here } => {
                write!(f, "this is {found}, and this machine has {here}")
            }
            Unfit::CutShort => f.write_str("the file is cut short: was it downloaded to its end?"),
        }
    }
}

/// Passes what the system's loader can be asked to load.
pub(crate) fn examine(file: &File) -> Result<(), Unfit> {
    // A file that cannot be read is shorter than it seems.
    let length = file.metadata().map_or(0, |data| data.len());
    let file = ReadCache::new(file);
    if file.read_bytes_at(0, 4) == Ok(b"PK\x03\x04") {
        return Err(Unfit::Archive);
    }
    let here = here();
    match FileKind::parse(&file) {
        // One file for several processors: the loader picks.
        Ok(FileKind::MachOFat32 | FileKind::MachOFat64) if cfg!(target_vendor = "apple") => {
            return Ok(());
        }
        Ok(FileKind::MachOFat32 | FileKind::MachOFat64) => {
            let found = "Mach-O for several processors".to_owned();
            return Err(Unfit::Foreign { found, here });
        }
        Ok(_) => {}
        Err(_) => return Err(Unfit::NotALibrary),
    }
    let library = object::File::parse(&file).map_err(|_| Unfit::CutShort)?;
    let found = named(library.format(), library.architecture());
    if found != here {
        return Err(Unfit::Foreign { found, here });
    }
    // What a loader maps is in the file, to its last byte.
    let is_whole = library.segments().all(|segment| {
        let (start, size) = segment.file_range();
        start.checked_add(size).is_some_and(|end| end <= length)
    });
    is_whole.then_some(()).ok_or(Unfit::CutShort)
}

/// Format and processor of the libraries that this machine loads.
fn here() -> String {
    let format = match () {
        () if cfg!(windows) => "PE",
        () if cfg!(target_vendor = "apple") => "Mach-O",
        () => "ELF",
    };
    format!("{format} for {}", std::env::consts::ARCH)
}

/// Processors as `std::env::consts::ARCH` names them.
fn named(format: BinaryFormat, processor: Architecture) -> String {
    let format = match format {
        BinaryFormat::Elf => "ELF".to_owned(),
        BinaryFormat::MachO => "Mach-O".to_owned(),
        BinaryFormat::Pe => "PE".to_owned(),
        other => format!("{other:?}"),
    };
    let processor = match processor {
        Architecture::I386 => "x86".to_owned(),
        Architecture::X86_64 => "x86_64".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    };
    format!("{format} for {processor}")
}
