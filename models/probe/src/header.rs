//! What the first bytes of a file say, before its system's loader sees it.

use std::fmt::{self, Display, Formatter};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

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
pub(crate) fn examine(file: &mut File) -> Result<(), Unfit> {
    let mut start = Vec::new();
    // A file that cannot be read is shorter than it seems.
    let _ = file.by_ref().take(4096).read_to_end(&mut start);
    let found = match start.get(..4) {
        Some([0x7f, b'E', b'L', b'F']) => elf(&start),
        Some([0xcf, 0xfa, 0xed, 0xfe]) => number(&start, 4, 4).map(mach_o),
        // One file for several processors: the loader picks.
        Some([0xca, 0xfe, 0xba, 0xbe]) if cfg!(target_vendor = "apple") => return Ok(()),
        Some([b'M', b'Z', ..]) => pe(&start),
        Some([b'P', b'K', 3, 4]) => return Err(Unfit::Archive),
        _ => return Err(Unfit::NotALibrary),
    };
    let found = found.ok_or(Unfit::CutShort)?;
    let here = here();
    if found != here {
        return Err(Unfit::Foreign { found, here });
    }
    if start.starts_with(b"\x7fELF") && cfg!(target_endian = "little") {
        elf_is_whole(file, &start).ok_or(Unfit::CutShort)?;
    }
    Ok(())
}

/// Format and processor of the libraries that this machine loads.
fn here() -> String {
    let format = match () {
        () if cfg!(windows) => "PE",
        () if cfg!(target_vendor = "apple") => "Mach-O",
        () => "ELF",
    };
    named(format, std::env::consts::ARCH)
}

fn named(format: &str, processor: &str) -> String {
    format!("{format} for {processor}")
}

/// Names as in `std::env::consts::ARCH`.
fn elf(start: &[u8]) -> Option<String> {
    let is_64 = number(start, 4, 1)? == 2;
    let machine = if number(start, 5, 1)? == 2 {
        u64::from_be_bytes([0, 0, 0, 0, 0, 0, *start.get(18)?, *start.get(19)?])
    } else {
        number(start, 18, 2)?
    };
    Some(match (machine, is_64) {
        (0x3e, true) => named("ELF", "x86_64"),
        (0xb7, true) => named("ELF", "aarch64"),
        (0x03, false) => named("ELF", "x86"),
        (0x28, false) => named("ELF", "arm"),
        (0xf3, true) => named("ELF", "riscv64"),
        (0x15, true) => named("ELF", "powerpc64"),
        (0x16, true) => named("ELF", "s390x"),
        (0x102, true) => named("ELF", "loongarch64"),
        (other, _) => named("ELF", &format!("processor {other}")),
    })
}

fn mach_o(processor: u64) -> String {
    match processor {
        0x0100_0007 => named("Mach-O", "x86_64"),
        0x0100_000c => named("Mach-O", "aarch64"),
        other => named("Mach-O", &format!("processor {other}")),
    }
}

fn pe(start: &[u8]) -> Option<String> {
    let header = usize::try_from(number(start, 0x3c, 4)?).ok()?;
    Some(match number(start, header.checked_add(4)?, 2)? {
        0x8664 => named("PE", "x86_64"),
        0xaa64 => named("PE", "aarch64"),
        0x014c => named("PE", "x86"),
        other => named("PE", &format!("processor {other}")),
    })
}

/// `None` if the file ends before what its program headers map into memory.
fn elf_is_whole(file: &mut File, start: &[u8]) -> Option<()> {
    const LOAD: u64 = 1;
    let is_64 = number(start, 4, 1)? == 2;
    if !is_64 {
        return Some(());
    }
    let length = file.metadata().ok()?.len();
    let (offset, size, count) = (
        number(start, 32, 8)?,
        number(start, 54, 2)?,
        number(start, 56, 2)?,
    );
    let mut headers = Vec::new();
    file.seek(SeekFrom::Start(offset)).ok()?;
    file.take(size * count).read_to_end(&mut headers).ok()?;
    for index in 0..count {
        let header = headers.get(usize::try_from(index * size).ok()?..)?;
        let end = number(header, 8, 8)?.checked_add(number(header, 32, 8)?)?;
        if number(header, 0, 4)? == LOAD && end > length {
            return None;
        }
    }
    Some(())
}

/// The little-endian number of `width` bytes at `offset`.
fn number(bytes: &[u8], offset: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(offset..offset.checked_add(width)?)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    )
}
