//! Files that a deployment may find in the place of the right ones.

use std::fs;

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

/// The beginnings of libraries: the format, the processor as `std::env::consts::ARCH` names it, the bytes.
pub fn libraries_of_all_machines() -> [(&'static str, &'static str, Vec<u8>); 6] {
    [
        ("ELF", "x86_64", elf(0x3e)),
        ("ELF", "aarch64", elf(0xb7)),
        ("Mach-O", "x86_64", mach_o(0x0100_0007)),
        ("Mach-O", "aarch64", mach_o(0x0100_000c)),
        ("PE", "x86_64", pe(0x8664)),
        ("PE", "aarch64", pe(0xaa64)),
    ]
}

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

/// An ONNX model with these versions and an empty graph. All numbers are below 128.
pub fn model(ir_version: u8, opsets: &[(&str, u8)]) -> Vec<u8> {
    let mut model = vec![0x08, ir_version];
    field(&mut model, 0x12, b"checks"); // who made it
    field(&mut model, 0x3a, b"\x12\x05empty"); // the graph
    for (domain, version) in opsets {
        let mut opset = Vec::new();
        if !domain.is_empty() {
            field(&mut opset, 0x0a, domain.as_bytes());
        }
        opset.extend([0x10, *version]);
        field(&mut model, 0x42, &opset);
    }
    model
}

/// A field of protobuf: its tag, its length, its bytes.
fn field(message: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    message.push(tag);
    message.push(u8::try_from(bytes.len()).expect("fields here are short"));
    message.extend(bytes);
}

/// Files that are no ONNX model, whatever their name is.
pub fn no_models() -> [(&'static str, &'static [u8]); 3] {
    [
        ("an empty model.onnx", b""),
        (
            "a Git LFS pointer",
            b"version https://git-lfs.github.com/spec/v1\nsize 10243\n",
        ),
        ("a login page", b"<!DOCTYPE html><title>Sign in</title>"),
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
