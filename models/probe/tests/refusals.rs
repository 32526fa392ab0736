//! What cannot be the runtime is refused in one line that says what was found and what to do.

use std::fs;
use std::path::{Path, PathBuf};

use runtime_probe::{Refusal, Unfit, probe};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn file(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("libonnxruntime.so.1.31.1");
    fs::write(&path, bytes).unwrap();
    path
}

#[track_caller]
fn is_refused(path: &Path, because: &str) -> Refusal {
    let refusal = probe(path).expect_err("this cannot be the runtime");
    let line = refusal.to_string();
    assert!(
        line.contains(because),
        "it does not say `{because}`: {line}"
    );
    assert!(
        line.contains("ORT_DYLIB_PATH"),
        "it does not say what to do: {line}"
    );
    assert_eq!(line.lines().count(), 1, "{line}");
    refusal
}

#[test]
fn a_library_of_1_24_or_later_is_taken() {
    let folder = folder();
    for version in ["1.24.0", "1.31.1", "1.100.0"] {
        let path = stand_in_runtime::reporting(version, folder.path()).unwrap();
        let library = probe(&path).unwrap();
        assert_eq!((library.version.as_str(), library.path), (version, path));
    }
}

#[test]
fn an_older_one_is_too_old() {
    let folder = folder();
    for version in ["1.23.2", "1.9.0", "0.99.0"] {
        let path = stand_in_runtime::reporting(version, folder.path()).unwrap();
        is_refused(&path, &format!("ONNX Runtime {version} is too old"));
    }
}

#[test]
fn the_first_part_of_a_version_counts_too() {
    let folder = folder();
    for version in ["2.0.0", "2.31.0"] {
        let path = stand_in_runtime::reporting(version, folder.path()).unwrap();
        is_refused(&path, &format!("ONNX Runtime {version} is too new"));
    }
}

#[test]
fn a_version_that_is_none_is_shown() {
    let folder = folder();
    let path = stand_in_runtime::reporting("nightly", folder.path()).unwrap();
    is_refused(&path, "the version `nightly`, which is none");
}

#[test]
fn a_library_without_the_api_that_its_version_promises_is_refused() {
    let folder = folder();
    let path = stand_in_runtime::reporting_without_api("1.31.1", folder.path()).unwrap();
    is_refused(&path, "has no API version 24");
}

#[test]
fn a_missing_file_is_told_as_such() {
    is_refused(
        &folder().path().join("nowhere/libonnxruntime.so"),
        "there is no such file",
    );
}

#[test]
fn a_relative_path_counts_from_the_current_folder() {
    let refusal = is_refused(Path::new("libonnxruntime.so"), "there is no such file");
    let here = std::env::current_dir().unwrap().join("libonnxruntime.so");
    assert_eq!(refusal, Refusal::Missing { path: here });
}

#[test]
fn a_folder_is_not_the_library_in_it() {
    is_refused(folder().path(), "this is a folder");
}

#[test]
fn text_is_no_library() {
    let folder = folder();
    is_refused(
        &file(folder.path(), b"1.31.1\n"),
        "this is not a shared library",
    );
    is_refused(&file(folder.path(), b""), "this is not a shared library");
}

#[test]
fn the_package_that_the_library_comes_in_is_told_from_the_library() {
    let folder = folder();
    is_refused(
        &file(folder.path(), b"PK\x03\x04rest"),
        "this is an archive",
    );
}

#[test]
fn a_library_of_another_processor_is_named() {
    let folder = folder();
    let mut elf = vec![0; 64];
    elf[..7].copy_from_slice(b"\x7fELF\x02\x01\x01");
    elf[52] = 64; // the length of this header
    elf[18] = if cfg!(target_arch = "s390x") {
        0x3e
    } else {
        0x16
    };
    let refusal = is_refused(&file(folder.path(), &elf), "and this machine has");
    assert!(matches!(
        refusal,
        Refusal::Unfit {
            unfit: Unfit::Foreign { .. },
            ..
        }
    ));
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_was_not_downloaded_to_its_end_is_not_loaded() {
    let folder = folder();
    let whole = stand_in_runtime::reporting("1.31.1", folder.path()).unwrap();
    let bytes = fs::read(whole).unwrap();
    is_refused(&file(folder.path(), &bytes[..8192]), "cut short");
    is_refused(&file(folder.path(), &bytes[..30]), "cut short");
}

#[cfg(target_os = "linux")]
#[test]
fn another_library_is_not_onnx_runtime() {
    let libc = fs::read_to_string("/proc/self/maps").unwrap();
    let libc = libc
        .lines()
        .find_map(|line| {
            line.split_whitespace()
                .nth(5)
                .filter(|path| path.contains("libgcc_s"))
        })
        .expect("every Rust program on Linux loads libgcc_s");
    is_refused(Path::new(libc), "not ONNX Runtime");
}

/// With a real library at hand, it is taken.
#[test]
fn the_library_that_the_variable_names_is_taken() {
    let Some(path) = runtime_probe::asked_for() else {
        println!("skipped: ORT_DYLIB_PATH is not set");
        return;
    };
    let library = probe(&path).unwrap();
    assert!(
        library
            .path
            .display()
            .to_string()
            .ends_with(&library.version)
    );
}
