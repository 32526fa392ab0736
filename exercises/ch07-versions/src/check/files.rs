//! Files that a deployment may find in the place of the right ones.

use std::fs;

use object::{Object, ObjectSegment};
use prost::Message;

use crate::limits;

/// Files that are no ONNX Runtime, whatever their name is.
pub fn no_runtimes() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("an empty file".to_owned(), Vec::new()),
        ("a text".to_owned(), b"1.31.1\n".to_vec()),
        (
            "the zip archive that the library comes in".to_owned(),
            b"PK\x03\x04\x14\x00\x00\x00\x08\x00onnxruntime/capi/libonnxruntime.so.1.31.1".to_vec(),
        ),
    ];
    files.extend(another_library().map(|bytes| ("another shared library".to_owned(), bytes)));
    files
}

/// A shared library that is not ONNX Runtime: a derive macro that cargo has built beside this test.
fn another_library() -> Option<Vec<u8>> {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    let test = std::env::current_exe().ok()?;
    let prefix = format!("{DLL_PREFIX}prost_derive-");
    let mut beside = fs::read_dir(test.parent()?).ok()?.flatten();
    let library = beside.find(|file| {
        let name = file.file_name();
        let name = name.to_string_lossy();
        name.starts_with(&prefix) && name.ends_with(DLL_SUFFIX)
    })?;
    fs::read(library.path()).ok()
}

/// How much of a library a loader maps: what comes after it is for a debugger and a linker.
pub fn mapped(library: &[u8]) -> usize {
    let parsed = object::File::parse(library).expect("cargo has built a library");
    let ends = parsed.segments().map(|segment| {
        let (start, size) = segment.file_range();
        start + size
    });
    usize::try_from(ends.max().unwrap_or(0)).expect("it is in memory")
}

/// The beginnings of libraries: what they are built for, as `Platform` shows it, and the bytes.
pub fn libraries_of_all_machines() -> Vec<(String, Vec<u8>)> {
    [
        ("ELF for x86_64", elf(0x3e)),
        ("ELF for aarch64", elf(0xb7)),
        ("Mach-O for x86_64", mach_o(MACH_X86_64)),
        ("Mach-O for aarch64", mach_o(MACH_AARCH64)),
        ("PE for x86_64", pe(0x8664)),
        ("PE for aarch64", pe(0xaa64)),
    ]
    .map(|(platform, bytes)| (platform.to_owned(), bytes))
    .into()
}

/// A universal library of macOS, where this is not macOS.
pub fn universal() -> Option<(String, Vec<u8>)> {
    let mut library = 0xcafe_babe_u32.to_be_bytes().to_vec();
    let parts = [MACH_X86_64, MACH_AARCH64].map(|processor| (processor, mach_o(processor)));
    library.extend((parts.len() as u32).to_be_bytes());
    let mut offset = 4096_u32;
    for (processor, part) in &parts {
        for number in [*processor, 3, offset, part.len() as u32, 12] {
            library.extend(number.to_be_bytes());
        }
        offset += 4096;
    }
    for (at, (_, part)) in parts.iter().enumerate() {
        library.resize(4096 * (at + 1), 0);
        library.extend(part);
    }
    let platform = "Mach-O for x86_64 and aarch64".to_owned();
    (!cfg!(target_vendor = "apple")).then_some((platform, library))
}

const MACH_X86_64: u32 = 0x0100_0007;
const MACH_AARCH64: u32 = 0x0100_000c;

/// The header of an ELF shared library, 64 bits, little-endian, with nothing behind it.
fn elf(machine: u16) -> Vec<u8> {
    let mut header = vec![0; 64];
    header[..7].copy_from_slice(b"\x7fELF\x02\x01\x01");
    header[16] = 3; // a shared library
    header[18..20].copy_from_slice(&machine.to_le_bytes());
    header[20] = 1; // the version
    header[52] = 64; // the length of this header
    header
}

/// The header of a Mach-O dynamic library, 64 bits, with nothing behind it.
fn mach_o(processor: u32) -> Vec<u8> {
    let mut header = vec![0; 32];
    header[..4].copy_from_slice(&0xfeed_facf_u32.to_le_bytes());
    header[4..8].copy_from_slice(&processor.to_le_bytes());
    header[12] = 6; // a dynamic library
    header
}

/// The headers of a PE library, 64 bits, without a section.
fn pe(machine: u16) -> Vec<u8> {
    const AT: usize = 64;
    const OPTIONAL_HEADER: usize = 240;
    let mut headers = vec![0; AT + 24 + OPTIONAL_HEADER];
    headers[..2].copy_from_slice(b"MZ");
    headers[60] = 64; // where the headers begin
    headers[AT..AT + 4].copy_from_slice(b"PE\0\0");
    headers[AT + 4..AT + 6].copy_from_slice(&machine.to_le_bytes());
    headers[AT + 20] = 240; // the length of the optional header
    headers[AT + 22..AT + 24].copy_from_slice(&0x2022_u16.to_le_bytes()); // a library
    headers[AT + 24..AT + 26].copy_from_slice(&0x020b_u16.to_le_bytes()); // 64 bits
    headers[AT + 24 + 108] = 16; // directories
    headers
}

/// An ONNX model with these versions and an empty graph.
pub fn model(ir_version: i64, opsets: &[(&str, i64)]) -> Vec<u8> {
    let opsets = opsets.iter().map(|(domain, version)| Opset {
        domain: (*domain).to_owned(),
        version: *version,
    });
    let model = Model {
        ir_version,
        producer: "checks".to_owned(),
        graph: Some(Graph {
            name: "empty".to_owned(),
        }),
        opsets: opsets.collect(),
    };
    model.encode_to_vec()
}

/// What `onnx.proto` calls `ModelProto`.
#[derive(Message)]
struct Model {
    #[prost(int64, tag = "1")]
    ir_version: i64,
    #[prost(string, tag = "2")]
    producer: String,
    #[prost(message, optional, tag = "7")]
    graph: Option<Graph>,
    #[prost(message, repeated, tag = "8")]
    opsets: Vec<Opset>,
}

#[derive(Message)]
struct Graph {
    #[prost(string, tag = "2")]
    name: String,
}

#[derive(Message)]
struct Opset {
    #[prost(string, tag = "1")]
    domain: String,
    #[prost(int64, tag = "2")]
    version: i64,
}

/// The newest model that ONNX Runtime `version` reads: IR version and opset.
pub fn limits_of(version: &str) -> (i64, i64) {
    let minor = version
        .split('.')
        .nth(1)
        .and_then(|minor| minor.parse().ok());
    let limits = limits::of(minor.expect("a version of a check"));
    (limits.ir_version, limits.opset)
}

/// Files that are no ONNX model, whatever their name is.
pub fn no_models() -> Vec<(&'static str, Vec<u8>)> {
    let half = models::CLASSIFIER[..models::CLASSIFIER.len() / 2].to_vec();
    let no_opset = model(8, &[]);
    let no_ir_version = model(0, &[("", 17)]);
    vec![
        ("an empty model.onnx", Vec::new()),
        (
            "a Git LFS pointer",
            b"version https://git-lfs.github.com/spec/v1\nsize 10243\n".to_vec(),
        ),
        (
            "a login page",
            b"<!DOCTYPE html><title>Sign in</title>".to_vec(),
        ),
        ("half a model", half),
        ("a model that declares no opset", no_opset),
        ("a model that declares no IR version", no_ir_version),
        ("the tokenizer as model.onnx", models::TOKENIZER.into()),
    ]
}

/// As long as the tokenizer of the release, and as valid.
pub fn tokenizer_of_another_release() -> String {
    let swapped = models::TOKENIZER
        .replace("\"good\"", "\"\u{0}\"")
        .replace("\"poor\"", "\"good\"")
        .replace("\"\u{0}\"", "\"poor\"");
    assert!(swapped != models::TOKENIZER && swapped.len() == models::TOKENIZER.len());
    swapped
}

/// As long as the model of the release, and as valid.
pub fn model_of_another_release() -> Vec<u8> {
    let mut model = models::CLASSIFIER.to_vec();
    let weight = model.len() / 2;
    model[weight] ^= 1;
    model
}
