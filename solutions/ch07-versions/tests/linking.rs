//! When a program looks for ONNX Runtime: what the page says of `ort`'s features, by the manifest of the version that is
//! locked here, and of a library that was linked and is not there.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The features of `package`, as its manifest has them.
fn features_of(package: &str) -> Value {
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&cargo.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&cargo.stderr)));
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let found = packages.find(|found| found["name"] == package);
    found.unwrap()["features"].clone()
}

#[test]
fn by_default_the_library_is_fetched_and_copied_when_you_build() {
    let default = features_of("ort")["default"].clone();
    let default = default.as_array().unwrap();
    for feature in ["download-binaries", "copy-dylibs"] {
        assert!(default.contains(&feature.into()), "{default:?}");
    }
}

#[test]
fn with_load_dynamic_nothing_is_linked() {
    let load_dynamic = features_of("ort")["load-dynamic"].clone();
    let load_dynamic = load_dynamic.as_array().unwrap();
    assert!(
        load_dynamic.contains(&"ort-sys/disable-linking".into()),
        "{load_dynamic:?}"
    );
}

/// `ort` says what `libloading` says.
#[test]
fn a_file_that_is_missing_has_its_own_words_on_windows() {
    // SAFETY: there is no such file, so no code of it is run.
    let error = unsafe { libloading::Library::new("/nowhere/onnxruntime") }.unwrap_err();
    let words = if cfg!(windows) {
        "LoadLibraryExW failed"
    } else {
        "dlopen failed"
    };
    assert_eq!(error.to_string(), words);
}

/// A program and a shared library of its own, and then the program alone.
#[cfg(target_os = "linux")]
#[test]
fn a_linked_library_that_is_not_shipped_is_missed_by_the_loader() {
    let folder = tempfile::tempdir().unwrap();
    let rustc = |file: &str, code: &str, flags: &[&str]| {
        std::fs::write(folder.path().join(file), code).unwrap();
        let rustc = Path::new(env!("CARGO")).with_file_name("rustc");
        let made = Command::new(rustc)
            .arg(file)
            .args(flags)
            .current_dir(folder.path())
            .status();
        assert!(made.unwrap().success());
    };
    rustc(
        "shared.rs",
        "#[unsafe(no_mangle)] pub extern \"C\" fn answer() -> u32 { 42 }",
        &["--crate-type=cdylib", "--edition=2024"],
    );
    rustc(
        "program.rs",
        "#[link(name = \"shared\")] unsafe extern \"C\" { safe fn answer() -> u32; } fn main() { println!(\"{}\", answer()); }",
        &["--edition=2024", "-L."],
    );
    let run = |libraries: &Path| {
        let program = folder.path().join("program");
        let output = Command::new(program)
            .env("LD_LIBRARY_PATH", libraries)
            .output()
            .unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    assert_eq!(run(folder.path()).0, "42\n");
    let (_, says) = run(Path::new("/nowhere"));
    assert!(
        says.contains("error while loading shared libraries: libshared.so"),
        "{says}"
    );
}
